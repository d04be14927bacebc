// Decimal and temporal text: what is read prints as text that is read as the same value.
#include <cstdlib>

#include "dmn/value/compare.hpp"
#include "dmn/value/temporal.hpp"
#include "dmn/value/text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    using namespace kith::dmn;
    static const Zones kZones;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto number = Decimal::parse(text)) {
        const auto again = Decimal::parse(number->text());
        if (!again || !(*again == *number)) std::abort();
    }
    if (const auto value = parse_temporal(text, kZones)) {
        const auto again = parse_temporal(text_of(*value), kZones);
        if (!again || !identical(*again, *value)) std::abort();
    }
    return 0;
}
