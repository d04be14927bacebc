// kith serve: the pages of a real partnership.
#include <charconv>
#include <iostream>

#include "base/text.hpp"
#include "cli/commands.hpp"

namespace kith::cli {

Result<ServeOptions> read_listen(std::string_view listen) {
    ServeOptions out;
    if (listen.starts_with("unix:")) {
        out.unix_socket = listen.substr(5);
        return out;
    }
    constexpr std::string_view kLoopback = "127.0.0.1:";
    const std::string_view port = listen.starts_with(kLoopback) ? listen.substr(kLoopback.size()) : std::string_view();
    const auto read = std::from_chars(port.data(), port.data() + port.size(), out.port);
    if (port.empty() || read.ec != std::errc() || read.ptr != port.data() + port.size())
        return fail(Code::invalid, "only 127.0.0.1:PORT or unix:PATH; TLS and the network are the proxy's");
    return out;
}

int serve(Machinery& machinery, const Places& places, const ServeCommand& options, std::ostream& out) {
    auto listen = read_listen(options.listen);
    if (!listen) return say(listen.error(), "read --listen");
    if (std::filesystem::exists(places.demonstration_mark())) {
        std::cerr << "kith: this folder is a demonstration's; use kith demo\n";
        return 2;
    }
    const auto opened = machinery.open({.places = places,
                                        .smtp_url = options.smtp_url,
                                        .mail_from = options.mail_from,
                                        .public_url = options.public_url});
    if (!opened) return say(opened.error(), "open the data folder");
    listen->on_ready = [&](std::uint16_t) { out << "Kith serves on " << options.listen << std::endl; };
    return machinery.serve((*opened)->house(), *listen);
}

}  // namespace kith::cli
