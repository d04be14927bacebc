#include "match/name_key.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace kith::match {

std::string name_key(std::string_view name) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
    const icu::Normalizer2* split = icu::Normalizer2::getNFKDInstance(status);
    if (U_FAILURE(status) != 0) return text::ascii_lower(name);
    const icu::UnicodeString read =
        icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<int>(name.size())));
    const icu::UnicodeString flat = split->normalize(fold->normalize(read, status), status);
    icu::UnicodeString key;
    bool gap = false;
    for (int i = 0; i < flat.length(); i = flat.moveIndex32(i, 1)) {
        const UChar32 c = flat.char32At(i);
        if (u_isalnum(c) != 0) {
            if (gap && !key.isEmpty()) key.append(u' ');
            gap = false;
            key.append(c);
        } else if (u_charType(c) != U_NON_SPACING_MARK && c != U'\'' && c != U'’') {
            gap = true;
        }
    }
    std::string out;
    key.toUTF8String(out);
    return out;
}

std::vector<std::string> name_keys(std::string_view names) {
    std::string list(names);
    for (std::size_t at = 0; (at = list.find(" and ", at)) != list.npos;) list.replace(at, 5, ",");
    std::vector<std::string> out;
    std::ranges::replace_if(
        list, [](char c) { return c == ';' || c == '\n' || c == '/' || c == '&'; }, ',');
    for (const std::string_view one : text::split(list, ',')) {
        std::string key = name_key(one);
        if (!key.empty() && std::ranges::find(out, key) == out.end()) out.push_back(std::move(key));
    }
    return out;
}

namespace {
constexpr std::array<std::string_view, 44> kCommon{
    "about", "all",  "and",  "any",  "are",  "been", "but",  "can",   "could", "did",   "does",
    "for",   "from", "had",  "has",  "have", "her",  "him",  "his",   "how",   "into",  "its",
    "not",   "our",  "out",  "said", "she",  "that", "the",  "their", "them",  "then",  "there",
    "they",  "this", "very", "was",  "were", "what", "when", "which", "with",  "would", "you"};
}  // namespace

std::vector<std::string> word_keys(std::string_view text) {
    const std::string key = name_key(text);
    std::vector<std::string> out;
    for (const std::string_view word : text::split(key, ' ')) {
        const bool is_number = !word.empty() && text::is_digits(word);
        if ((word.size() >= 3 || is_number) && std::ranges::find(kCommon, word) == kCommon.end())
            out.emplace_back(word);
    }
    std::ranges::sort(out);
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

}  // namespace kith::match
