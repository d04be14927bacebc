// Who is signed in. In memory only: a restart forgets, and staff sign in again (reporters-vault, Keys 8). A holder's
// private halves lie here under a key that only the session's cookie carries, so that this memory alone opens nothing.
#pragma once
#include <map>
#include <mutex>
#include <optional>

#include "app/people.hpp"
#include "web/frame.hpp"

namespace kith::web {

/// One request's view of a session; the holder is opened for it and wiped with it.
struct StaffSession {
    app::Actor actor;
    std::string name;
    std::optional<app::Holder> holder;
    std::string form_token;
    ShortcutKeys keys = ShortcutKeys::on;
};

/// A page that refreshes itself does not keep its session from ending.
enum class Seen { by_a_person, by_the_page };

class Sessions {
  public:
    explicit Sessions(app::Cryptography& crypto) : crypto_(crypto) {}

    static constexpr auto idle_limit = std::chrono::minutes(30);
    static constexpr auto whole_limit = std::chrono::hours(12);

    /// The cookie's value; it is kept nowhere here.
    std::string open(const app::SignedIn& who, Instant now);
    /// Nothing when there is none, it was idle too long, or it has lasted a working day.
    std::optional<StaffSession> find(std::string_view cookie, Instant now, Seen seen = Seen::by_a_person);
    void set_keys(std::string_view cookie, ShortcutKeys keys);
    void close(std::string_view cookie);
    /// Sign out everywhere.
    void close_all(MemberId member);

  private:
    struct Row {
        app::Actor actor;
        std::string name;
        Bytes sealed_halves;
        Instant opened_at, seen_at;
        ShortcutKeys keys = ShortcutKeys::on;
    };
    app::Digest finder(std::string_view cookie) const;
    Key key(std::string_view cookie) const;

    app::Cryptography& crypto_;
    std::mutex mutex_;
    std::map<app::Digest, Row> rows_;
};

}  // namespace kith::web
