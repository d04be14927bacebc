// How long an attack goes on: shortly in `script/test`, long in `script/faults`.
#pragma once
#include <cstdlib>
#include <string_view>

namespace kith::test {

inline bool is_long_form() {
    const char* form = std::getenv("KITH_FAULTS");
    return form != nullptr && std::string_view(form) == "long";
}
template <class N>
N in_form(N short_form, N long_form) {
    return is_long_form() ? long_form : short_form;
}

}  // namespace kith::test
