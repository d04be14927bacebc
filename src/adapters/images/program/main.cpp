// kith-render KIND: one foreign file from standard input, its pixels to standard output, and then it ends. A program of
// its own, so that the process with the keys never loads a decoder.
#include <unistd.h>

#include <cerrno>

#include "adapters/images/program/confine.hpp"
#include "adapters/images/program/decode.hpp"
#include "adapters/images/wire.hpp"

namespace kith::images {
namespace {

bool send(BytesView bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(sent));
    }
    return true;
}

bool receive(Bytes& file) {
    Bytes piece(std::size_t{64} * 1024);
    while (true) {
        const ssize_t got = ::read(STDIN_FILENO, piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return false;
        if (got == 0) return true;
        append(file, {piece.data(), static_cast<std::size_t>(got)});
        if (file.size() > concerns::kMostFileBytes) return false;
    }
}

bool send_numbers(std::uint32_t a, std::uint32_t b) {
    Bytes out;
    append_u32(out, a);
    append_u32(out, b);
    return send(out);
}

int render(std::string_view name) {
    const auto kind = concerns::file_kind_named(name);
    if (!kind || !start_decoding() || !confine() || !send(as_bytes(kHello))) return 2;
    Bytes file;
    if (!receive(file)) return 1;
    const std::uint32_t pages =
        decode(*kind, file, [](const Pixels& page) { return send_numbers(page.width, page.height) && send(page.rgb); });
    return pages != 0 && send_numbers(0, pages) ? 0 : 1;
}

}  // namespace
}  // namespace kith::images

int main(int argc, char** argv) {
    // Without what libraries do at an exit.
    ::_exit(argc == 2 ? kith::images::render(argv[1]) : 2);
}
