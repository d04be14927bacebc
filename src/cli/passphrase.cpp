#include "cli/passphrase.hpp"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>

namespace kith::cli {
namespace {

constexpr std::size_t kLongest = 1024;

/// Up to the end of the line.
Result<SecretText> read_line(int from) {
    std::string line;
    line.reserve(kLongest);
    for (char c = 0;;) {
        const ssize_t got = ::read(from, &c, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail(Code::invalid, "the pass phrase cannot be read");
        if (got == 0 || c == '\n') break;
        if (line.size() == kLongest) return fail(Code::invalid, "the pass phrase is too long");
        line += c;
    }
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) return fail(Code::invalid, "the pass phrase is empty");
    return SecretText(std::move(line));
}

/// The terminal itself, with what is typed not shown.
class Terminal {
  public:
    Terminal() : file_(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)) {
        if (file_ < 0 || ::tcgetattr(file_, &before_) != 0) return;
        termios quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        is_there_ = ::tcsetattr(file_, TCSAFLUSH, &quiet) == 0;
    }
    ~Terminal() {
        if (is_there_) ::tcsetattr(file_, TCSAFLUSH, &before_);
        if (file_ >= 0) ::close(file_);
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    Result<SecretText> ask(std::string_view question) {
        if (!is_there_)
            return fail(Code::invalid, "no terminal to ask for the pass phrase: use --passphrase-fd or a credential");
        say(question);
        auto typed = read_line(file_);
        say("\n");
        return typed;
    }

  private:
    void say(std::string_view text) { static_cast<void>(!::write(file_, text.data(), text.size())); }
    int file_;
    termios before_{};
    bool is_there_ = false;
};

Result<SecretText> read_credential(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return fail(Code::invalid, "the pass phrase credential cannot be read");
    auto line = read_line(file);
    ::close(file);
    return line;
}

}  // namespace

Result<SecretText> read_passphrase(const PassphraseSource& source, Asking asking) {
    if (source.descriptor >= 0) return read_line(source.descriptor);
    if (!source.credential.empty()) return read_credential(source.credential);
    Terminal terminal;
    SecretText first = KITH_TRY(terminal.ask("Pass phrase of the master key: "));
    if (asking == Asking::once) return first;
    const SecretText second = KITH_TRY(terminal.ask("Again: "));
    if (first.expose() != second.expose()) return fail(Code::invalid, "the two pass phrases differ");
    return first;
}

}  // namespace kith::cli
