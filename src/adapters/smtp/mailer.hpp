// Messages to the people who work here, by SMTP. A message says that something waits and where to sign in; it holds no
// word of any worry and no name. A queue in memory, one thread, tries again with growing pauses; what a crash forgets
// the queue page still shows.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "app/ports/notices.hpp"

namespace kith::smtp {

struct Options {
    std::string url;         ///< smtp://host:port or smtps://host:port
    std::string from;        ///< the address messages come from
    std::string public_url;  ///< https address of this Kith, for the link
    std::chrono::seconds first_pause{5};
    unsigned tries = 8;
};

/// The whole message for one address. `invalid` for an address or a link that could break a header (CR, LF, < or >):
/// libcurl passes them on.
Result<std::string> message_for(const Options& options, const SecretText& address, app::Notice notice,
                                const SecretText& link);

class Mailer : public app::Notices {
  public:
    explicit Mailer(Options options);
    ~Mailer() override;
    void tell(const SecretText& address, app::Notice notice, const SecretText& link) override;

  private:
    struct Letter {
        SecretText address, text;
        unsigned tried = 0;
        std::chrono::steady_clock::time_point not_before{};
    };
    void run(const std::stop_token& stop);

    const Options options_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::deque<Letter> letters_;
    std::jthread thread_;
};

}  // namespace kith::smtp
