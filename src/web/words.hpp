// The words pages say (ui/words/en.json): labels, hints, and what is said of each field that must be put right.
#pragma once
#include <string_view>

#include "base/error.hpp"

namespace kith::web {

/// `word("what_seen.label")`. A key that the words lack stops the build (script/compile_words.py reads every one).
std::string_view word(std::string_view key);

/// The text under that key, or nothing.
std::string_view find_word(std::string_view key);

/// What to say of a field that was refused: "<field>.<what is wrong>" if the words have it, else what holds for every
/// field with that trouble. Never empty.
std::string_view error_word(std::string_view field, std::string_view trouble = "invalid");
std::string_view error_word(const Error& error);

}  // namespace kith::web
