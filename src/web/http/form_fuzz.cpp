#include <cstdint>
#include <cstdlib>

#include "base/bytes.hpp"
#include "base/text.hpp"
#include "web/http/form.hpp"

// Whatever parses is clean text, and written again it parses to the same fields.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kith;
    const auto form = web::http::Form::parse(as_text(BytesView(data, size)));
    if (!form) return 0;
    std::string again;
    for (const auto& [name, value] : form->fields()) {
        if (name.empty() || !text::is_clean_utf8(name) || !text::is_clean_utf8(value)) std::abort();
        again += (again.empty() ? "" : "&") + web::http::percent_encode(name) + '=' + web::http::percent_encode(value);
    }
    const auto reread = web::http::Form::parse(again, {.bytes = again.size() + 1});
    if (!reread || reread->fields() != form->fields()) std::abort();
    return 0;
}
