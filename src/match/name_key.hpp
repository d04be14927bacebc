// The form in which two spellings of one name are the same bytes: compatibility decomposition, case folded, accents and
// punctuation dropped, white space joined. It is what a blind mark is computed over.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace kith::match {

/// Empty when nothing of the text is a letter or a digit.
std::string name_key(std::string_view name);
/// The keys of a list as people type it: parted by commas, semicolons, line ends, "and". Each once, none empty.
std::vector<std::string> name_keys(std::string_view names);

/// The words of a text by which it is found again, each once, in no order: name keys of three letters or more, or of
/// digits, without the commonest words of the language.
std::vector<std::string> word_keys(std::string_view text);

}  // namespace kith::match
