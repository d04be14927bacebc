#include <cstdint>
#include <cstdlib>

#include "base/bytes.hpp"
#include "web/http/cookies.hpp"

// A cookie that we could read is one that we could have written.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kith;
    const auto cookies = web::http::Cookies::parse(as_text(BytesView(data, size)));
    for (const char* name : {"a", "session", ""}) {
        const auto value = cookies.get(name);
        if (!value) continue;
        if (*name == '\0') continue;
        const auto line = web::http::set_cookie({name, *value});
        const auto pair = line.value.substr(0, line.value.find(';'));
        if (web::http::Cookies::parse(pair).get(name) != value) std::abort();
    }
    if (cookies.size() > 50) std::abort();
    return 0;
}
