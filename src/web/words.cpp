#include "web/words.hpp"

#include <algorithm>
#include <string>

#include "ui/words.hpp"

namespace kith::web {

std::string_view word(std::string_view key) {
    const auto text = find_word(key);
    KITH_CHECK(!text.empty());
    return text;
}

std::string_view find_word(std::string_view key) {
    const auto at = std::ranges::lower_bound(ui::kWords, key, {}, &ui::Word::key);
    return at != ui::kWords.end() && at->key == key ? at->text : std::string_view{};
}

std::string_view error_word(std::string_view field, std::string_view trouble) {
    for (const auto* place : {"", "any"}) {
        const std::string_view before = *place ? std::string_view(place) : field;
        const auto found = find_word(std::string(before) + '.' + std::string(trouble));
        if (!found.empty()) return found;
    }
    return word("any.invalid");
}

std::string_view error_word(const Error& error) {
    switch (error.code) {
        case Code::invalid:
            return error_word(error.field, "invalid");
        // Whether something is known to us is itself private: forbidden says what absent says.
        case Code::not_found:
        case Code::forbidden:
            return error_word(error.field, "not_found");
        case Code::conflict:
            return error_word(error.field, "conflict");
        case Code::too_many:
            return error_word(error.field, "too_many");
        case Code::too_large:
            return error_word(error.field, "too_large");
        case Code::unavailable:
        case Code::betrayed:
            return error_word(error.field, "unavailable");
    }
    return word("any.invalid");
}

}  // namespace kith::web
