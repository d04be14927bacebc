// A pattern and a text: whatever they are, matching ends, and what is accepted PCRE2 can compile.
#include "dmn/builtin/pattern.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    using namespace kith::dmn;
    const std::string_view all(reinterpret_cast<const char*>(data), size);
    const std::size_t half = all.find('\0');
    PatternLimits limits;
    limits.matching = 10'000;
    const auto pattern = Pattern::compile(all.substr(0, half), "", limits);
    if (pattern && half != all.npos) {
        pattern->found_in(all.substr(half + 1));
        pattern->split(all.substr(half + 1));
        pattern->replaced(all.substr(half + 1), "$1");
    }
    return 0;
}
