// XPath 3.1's regular expressions: read by a parser of our own, which refuses what XPath does not have, and written as
// PCRE2.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::dmn {

struct PatternLimits {
    std::size_t text = 4096;             ///< bytes of a pattern
    std::uint32_t depth = 50;            ///< nested groups
    std::uint32_t matching = 1'000'000;  ///< PCRE2's match and depth limits
};

class Pattern {
  public:
    enum class Answer : std::uint8_t { no, yes, gave_up };
    /// Null when the pattern or a flag (s m i x q) is none of XPath's.
    static std::unique_ptr<Pattern> compile(std::string_view pattern, std::string_view flags,
                                            PatternLimits limits = {});
    ~Pattern();
    Pattern(const Pattern&) = delete;
    Pattern& operator=(const Pattern&) = delete;

    Answer found_in(std::string_view text) const;
    /// Every match replaced; `$1` stands for a group, `\$` and `\\` for themselves. Nothing when the replacement is
    /// wrong, a match is empty, or matching gave up.
    std::optional<std::string> replaced(std::string_view text, std::string_view replacement) const;
    /// What lies between the matches. Nothing when a match is empty or matching gave up.
    std::optional<std::vector<std::string_view>> split(std::string_view text) const;

  private:
    struct Compiled;
    Pattern(std::unique_ptr<Compiled> compiled, bool literal);
    std::unique_ptr<Compiled> compiled_;
    bool literal_;
};

/// The same pattern in PCRE2's words, or nothing.
std::optional<std::string> translate_pattern(std::string_view pattern, std::string_view flags,
                                             PatternLimits limits = {});

}  // namespace kith::dmn
