// The words pages say (ui/words/en.json): labels, hints, and what is said of each field that must be put right.
#pragma once
#include <algorithm>
#include <string_view>

#include "base/error.hpp"
#include "ui/words.hpp"

namespace kith::web {

/// A key that is there: another does not compile.
struct WordKey {
    std::string_view text;
    consteval WordKey(const char* literal) {
        const std::string_view wanted = literal;
        for (const auto& word : ui::kWords)
            if (word.key == wanted) text = word.text;
        if (text.empty()) throw "no such key in ui/words/en.json";
    }
};

/// `word("what_seen.label")`
inline std::string_view word(WordKey key) { return key.text; }

/// The text under that key, or nothing.
std::string_view find_word(std::string_view key);

/// What to say of a field that was refused: "<field>.<what is wrong>" if the words have it, else what holds for every
/// field with that trouble. Never empty.
std::string_view error_word(std::string_view field, std::string_view trouble = "invalid");
std::string_view error_word(const Error& error);

}  // namespace kith::web
