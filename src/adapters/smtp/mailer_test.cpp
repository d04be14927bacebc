#include "adapters/smtp/mailer.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>

namespace kith::smtp {
namespace {

const Options kOptions{"smtp://127.0.0.1:1", "kith@demo.example", "https://kith.example"};

TEST(Message, SaysNothingButThatSomethingWaits) {
    const auto text =
        message_for(kOptions, SecretText("jo@demo.example"), app::Notice::worry_waiting, SecretText("/queue"));
    ASSERT_TRUE(text);
    EXPECT_NE(text->find("To: <jo@demo.example>\r\n"), std::string::npos);
    EXPECT_NE(text->find("https://kith.example/queue\r\n"), std::string::npos);
    EXPECT_EQ(text->find("child"), std::string::npos);
}

TEST(Message, AnAddressThatCarriesAHeaderIsRefused) {
    for (const char* bad :
         {"a@b.example\r\nBcc: eve@demo.example", "a@b.example\nBcc: eve", "<a@b.example>", "", "a b@c.example"})
        EXPECT_FALSE(message_for(kOptions, SecretText(bad), app::Notice::worry_waiting, {})) << bad;
    EXPECT_FALSE(
        message_for(kOptions, SecretText("a@b.example"), app::Notice::worry_waiting, SecretText("/x\r\nBcc: eve")));
}

/// A mail server of the fewest words that SMTP (RFC 5321) needs; refuses the first `refusals` connections.
class SmallServer {
  public:
    explicit SmallServer(int refusals) : refusals_(refusals), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::bind(socket_, reinterpret_cast<sockaddr*>(&at), sizeof at);
        ::listen(socket_, 8);
        socklen_t size = sizeof at;
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&at), &size);
        port = ntohs(at.sin_port);
        thread_ = std::jthread([this] { run(); });
    }
    ~SmallServer() {
        ::shutdown(socket_, SHUT_RDWR);
        ::close(socket_);
    }
    std::uint16_t port = 0;
    std::atomic<int> taken = 0;
    std::atomic<int> connections = 0;

  private:
    void run() {
        for (;;) {
            const int one = ::accept(socket_, nullptr, nullptr);
            if (one < 0) return;
            if (connections++ < refusals_)
                say(one, "421 later\r\n");
            else
                talk(one);
            ::close(one);
        }
    }
    static void say(int to, std::string_view words) {
        static_cast<void>(::send(to, words.data(), words.size(), MSG_NOSIGNAL));
    }
    void talk(int one) {
        say(one, "220 small\r\n");
        std::string got;
        char piece[1024];
        bool in_data = false;
        for (ssize_t n = 0; (n = ::recv(one, piece, sizeof piece, 0)) > 0;) {
            got.append(piece, static_cast<std::size_t>(n));
            if (in_data) {
                if (got.find("\r\n.\r\n") == std::string::npos) continue;
                ++taken;
                in_data = false;
                say(one, "250 taken\r\n");
            } else if (got.find("DATA") != std::string::npos) {
                in_data = true;
                say(one, "354 go on\r\n");
            } else {
                say(one, "250 yes\r\n");
            }
            got.clear();
        }
    }
    const int refusals_;
    const int socket_;
    std::jthread thread_;
};

TEST(Mailer, TriesAgainUntilTheServerTakesIt) {
    SmallServer server(2);
    Options options = kOptions;
    options.url = "smtp://127.0.0.1:" + std::to_string(server.port);
    options.first_pause = std::chrono::seconds(0);
    Mailer mailer(options);
    mailer.tell(SecretText("jo@demo.example"), app::Notice::worry_waiting, {});
    for (int i = 0; i < 200 && server.taken == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    EXPECT_EQ(server.taken, 1);
    EXPECT_GE(server.connections, 3);
}

}  // namespace
}  // namespace kith::smtp
