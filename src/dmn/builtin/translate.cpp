// XPath patterns to PCRE2's, by the grammar of XML Schema part 2, appendix F, with the additions of XPath (anchors,
// reluctant quantifiers, groups that do not capture, back-references).
#include <cstddef>

#include "dmn/builtin/pattern.hpp"
#include "dmn/value/text.hpp"

namespace kith::dmn {
namespace {
struct Wrong {};

constexpr std::string_view kSpace = " \\t\\n\\r";
constexpr std::string_view kInitial =
    ":A-Z_a-z\\x{C0}-\\x{D6}\\x{D8}-\\x{F6}\\x{F8}-\\x{2FF}\\x{370}-\\x{37D}\\x{37F}-\\x{1FFF}"
    "\\x{200C}-\\x{200D}\\x{2070}-\\x{218F}\\x{2C00}-\\x{2FEF}\\x{3001}-\\x{D7FF}"
    "\\x{F900}-\\x{FDCF}\\x{FDF0}-\\x{FFFD}\\x{10000}-\\x{EFFFF}";
constexpr std::string_view kMoreOfName = "\\-.0-9\\x{B7}\\x{300}-\\x{36F}\\x{203F}-\\x{2040}";

struct Block {
    std::string_view name;
    std::string_view range;
};
constexpr Block kBlocks[] = {{"BasicLatin", "\\x{0}-\\x{7F}"},
                             {"Latin-1Supplement", "\\x{80}-\\x{FF}"},
                             {"LatinExtended-A", "\\x{100}-\\x{17F}"},
                             {"LatinExtended-B", "\\x{180}-\\x{24F}"},
                             {"IPAExtensions", "\\x{250}-\\x{2AF}"},
                             {"SpacingModifierLetters", "\\x{2B0}-\\x{2FF}"},
                             {"CombiningDiacriticalMarks", "\\x{300}-\\x{36F}"},
                             {"Greek", "\\x{370}-\\x{3FF}"},
                             {"GreekandCoptic", "\\x{370}-\\x{3FF}"},
                             {"Cyrillic", "\\x{400}-\\x{4FF}"},
                             {"Armenian", "\\x{530}-\\x{58F}"},
                             {"Hebrew", "\\x{590}-\\x{5FF}"},
                             {"Arabic", "\\x{600}-\\x{6FF}"},
                             {"Syriac", "\\x{700}-\\x{74F}"},
                             {"Devanagari", "\\x{900}-\\x{97F}"},
                             {"Bengali", "\\x{980}-\\x{9FF}"},
                             {"Gurmukhi", "\\x{A00}-\\x{A7F}"},
                             {"Gujarati", "\\x{A80}-\\x{AFF}"},
                             {"Tamil", "\\x{B80}-\\x{BFF}"},
                             {"Telugu", "\\x{C00}-\\x{C7F}"},
                             {"Thai", "\\x{E00}-\\x{E7F}"},
                             {"Georgian", "\\x{10A0}-\\x{10FF}"},
                             {"HangulJamo", "\\x{1100}-\\x{11FF}"},
                             {"Ethiopic", "\\x{1200}-\\x{137F}"},
                             {"LatinExtendedAdditional", "\\x{1E00}-\\x{1EFF}"},
                             {"GreekExtended", "\\x{1F00}-\\x{1FFF}"},
                             {"GeneralPunctuation", "\\x{2000}-\\x{206F}"},
                             {"CurrencySymbols", "\\x{20A0}-\\x{20CF}"},
                             {"LetterlikeSymbols", "\\x{2100}-\\x{214F}"},
                             {"NumberForms", "\\x{2150}-\\x{218F}"},
                             {"Arrows", "\\x{2190}-\\x{21FF}"},
                             {"MathematicalOperators", "\\x{2200}-\\x{22FF}"},
                             {"BoxDrawing", "\\x{2500}-\\x{257F}"},
                             {"GeometricShapes", "\\x{25A0}-\\x{25FF}"},
                             {"MiscellaneousSymbols", "\\x{2600}-\\x{26FF}"},
                             {"Dingbats", "\\x{2700}-\\x{27BF}"},
                             {"CJKSymbolsandPunctuation", "\\x{3000}-\\x{303F}"},
                             {"Hiragana", "\\x{3040}-\\x{309F}"},
                             {"Katakana", "\\x{30A0}-\\x{30FF}"},
                             {"CJKUnifiedIdeographs", "\\x{4E00}-\\x{9FFF}"},
                             {"HangulSyllables", "\\x{AC00}-\\x{D7A3}"},
                             {"PrivateUse", "\\x{E000}-\\x{F8FF}"}};

std::string hex(char32_t c) {
    static constexpr char kDigits[] = "0123456789ABCDEF";
    std::string out;
    do out.insert(out.begin(), kDigits[c % 16]);
    while ((c /= 16) != 0);
    return "\\x{" + out + "}";
}

std::string literal(char32_t c) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
        return std::string(1, static_cast<char>(c));
    return hex(c);
}

class Translator {
  public:
    Translator(std::string_view text, std::string_view flags, PatternLimits limits)
        : text_(text), any_(flags.find('s') != flags.npos), limits_(limits) {}

    std::string all() {
        std::string out = alternatives();
        if (at_ != text_.size()) throw Wrong{};
        return out;
    }

  private:
    char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
    bool more() const { return at_ < text_.size(); }
    bool skip(char c) {
        if (!more() || text_[at_] != c) return false;
        ++at_;
        return true;
    }

    std::string alternatives() {
        std::string out = branch();
        while (skip('|')) out += "|" + branch();
        return out;
    }

    std::string branch() {
        std::string out;
        while (more() && peek() != '|' && peek() != ')') {
            const std::string one = atom();
            out += one + quantifier();
        }
        return out;
    }

    std::string quantifier() {
        std::string out;
        const char c = peek();
        if (!more()) return out;
        if (c == '?' || c == '*' || c == '+') {
            out = c;
            ++at_;
        } else if (c == '{') {
            const std::size_t end = text_.find('}', at_);
            if (end == text_.npos) throw Wrong{};
            out = text_.substr(at_, end - at_ + 1);
            check_counts(out);
            at_ = end + 1;
        } else {
            return out;
        }
        if (skip('?')) out += '?';
        return out;
    }

    static void check_counts(std::string_view counts) {
        counts = counts.substr(1, counts.size() - 2);
        const std::size_t comma = counts.find(',');
        const auto number = [](std::string_view digits) {
            if (digits.empty() || digits.size() > 4) throw Wrong{};
            int out = 0;
            for (const char c : digits) {
                if (c < '0' || c > '9') throw Wrong{};
                out = out * 10 + (c - '0');
            }
            return out;
        };
        const int least = number(counts.substr(0, comma));
        if (comma != counts.npos && comma + 1 < counts.size() && number(counts.substr(comma + 1)) < least)
            throw Wrong{};
    }

    std::string atom() {
        const char c = peek();
        switch (c) {
            case '(':
                return group();
            case '[':
                ++at_;
                return class_expression();
            case '.':
                ++at_;
                return any_ ? "(?s:.)" : "[^\\n\\r]";
            case '^':
            case '$':
                ++at_;
                return std::string(1, c);
            case '\\':
                return escape();
            case '?':
            case '*':
            case '+':
            case '{':
            case '}':
            case ']':
                throw Wrong{};
            default:
                return literal(next_code_point(text_, at_));
        }
    }

    std::string group() {
        ++at_;
        if (++depth_ > limits_.depth) throw Wrong{};
        bool captures = true;
        if (skip('?')) {
            if (!skip(':')) throw Wrong{};
            captures = false;
        }
        const std::size_t number = captures ? ++groups_ : 0;
        std::string inside = alternatives();
        if (!skip(')')) throw Wrong{};
        --depth_;
        if (captures) {
            if (closed_.size() <= number) closed_.resize(number + 1);
            closed_[number] = true;
        }
        return (captures ? "(" : "(?:") + inside + ")";
    }

    // What a backslash stands for inside a class, without its brackets; `negated` when all but that is meant.
    std::string set(bool& negated) {
        const char c = peek(1);
        negated = c == 'S' || c == 'D' || c == 'W' || c == 'I' || c == 'C' || c == 'P';
        at_ += 2;
        switch (c) {
            case 's':
            case 'S':
                return std::string(kSpace);
            case 'd':
            case 'D':
                return "\\p{Nd}";
            case 'i':
            case 'I':
                return std::string(kInitial);
            case 'c':
            case 'C':
                return std::string(kInitial) + std::string(kMoreOfName);
            case 'w':
            case 'W':
                negated = !negated;
                return "\\p{P}\\p{Z}\\p{C}";
            case 'p':
            case 'P':
                return property();
            default:
                break;
        }
        at_ -= 2;
        return {};
    }

    std::string property() {
        if (!skip('{')) throw Wrong{};
        const std::size_t end = text_.find('}', at_);
        if (end == text_.npos) throw Wrong{};
        const std::string_view name = text_.substr(at_, end - at_);
        at_ = end + 1;
        if (name.starts_with("Is")) {
            for (const Block& block : kBlocks)
                if (block.name == name.substr(2)) return std::string(block.range);
            throw Wrong{};
        }
        static constexpr std::string_view kCategories =
            " L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po Z Zs Zl Zp S Sm Sc Sk So C Cc Cf Co Cn ";
        if (name.empty() || kCategories.find(" " + std::string(name) + " ") == kCategories.npos) throw Wrong{};
        return "\\p{" + std::string(name) + "}";
    }

    std::optional<char32_t> single_escape() {
        const char c = peek(1);
        static constexpr std::string_view kThemselves = "\\|.-^?*+{}()[]$";
        char32_t out = 0;
        if (c == 'n')
            out = '\n';
        else if (c == 'r')
            out = '\r';
        else if (c == 't')
            out = '\t';
        else if (c != '\0' && kThemselves.find(c) != kThemselves.npos)
            out = static_cast<unsigned char>(c);
        else
            return std::nullopt;
        at_ += 2;
        return out;
    }

    std::string escape() {
        if (const auto single = single_escape()) return literal(*single);
        if (peek(1) >= '1' && peek(1) <= '9') return back_reference();
        bool negated = false;
        const std::string inside = set(negated);
        if (inside.empty()) throw Wrong{};
        return (negated ? "[^" : "[") + inside + "]";
    }

    std::string back_reference() {
        std::size_t number = static_cast<std::size_t>(peek(1) - '0');
        at_ += 2;
        while (peek() >= '0' && peek() <= '9' && number * 10 + static_cast<std::size_t>(peek() - '0') <= groups_)
            number = number * 10 + static_cast<std::size_t>(text_[at_++] - '0');
        if (number >= closed_.size() || !closed_[number]) throw Wrong{};
        return "\\g{" + std::to_string(number) + "}";
    }

    // Behind `[`. A class with another taken away is written as a look-ahead that excludes it.
    std::string class_expression() {
        if (++depth_ > limits_.depth) throw Wrong{};
        const bool negative = skip('^');
        std::string inside, others, without;
        bool any = false;
        for (;;) {
            if (!more()) throw Wrong{};
            if (peek() == ']') {
                if (!any) throw Wrong{};
                ++at_;
                break;
            }
            if (peek() == '-' && peek(1) == '[') {
                if (!any) throw Wrong{};
                at_ += 2;
                without = class_expression();
                if (!skip(']')) throw Wrong{};
                break;
            }
            class_part(inside, others);
            any = true;
        }
        --depth_;
        // A negated set within a class stands beside it, since PCRE2 has no union of classes.
        std::string out = inside.empty() ? "" : "[" + inside + "]";
        if (!others.empty()) out = out.empty() ? "(?:" + others.substr(1) + ")" : "(?:" + out + others + ")";
        if (negative) out = others.empty() ? "[^" + inside + "]" : "(?:(?!" + out + ")(?s:.))";
        return without.empty() ? out : "(?:(?!" + without + ")" + out + ")";
    }

    void class_part(std::string& inside, std::string& others) {
        std::optional<char32_t> first;
        if (peek() == '\\') {
            first = single_escape();
            if (!first) {
                bool negated = false;
                const std::string found = set(negated);
                if (found.empty()) throw Wrong{};
                if (negated)
                    others += "|[^" + found + "]";
                else
                    inside += found;
                return;
            }
        } else if (peek() == '[') {
            throw Wrong{};
        } else {
            first = next_code_point(text_, at_);
        }
        if (peek() == '-' && peek(1) != ']' && peek(1) != '[' && at_ + 1 < text_.size()) {
            ++at_;
            std::optional<char32_t> last;
            if (peek() == '\\')
                last = single_escape();
            else if (peek() != '[')
                last = next_code_point(text_, at_);
            if (!last || *last < *first) throw Wrong{};
            inside += hex(*first) + "-" + hex(*last);
            return;
        }
        inside += hex(*first);
    }

    std::string_view text_;
    bool any_;
    PatternLimits limits_;
    std::size_t at_ = 0;
    std::uint32_t depth_ = 0;
    std::size_t groups_ = 0;
    std::vector<bool> closed_;
};

// The flag x: white space goes, but for that within a class.
std::string without_space(std::string_view pattern) {
    std::string out;
    int classes = 0;
    bool escaped = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if (classes == 0 && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) continue;
        out += c;
        if (!escaped && c == '[') ++classes;
        if (!escaped && c == ']') --classes;
        escaped = !escaped && c == '\\';
    }
    return out;
}
}  // namespace

std::optional<std::string> translate_pattern(std::string_view pattern, std::string_view flags, PatternLimits limits) {
    if (pattern.size() > limits.text) return std::nullopt;
    for (const char flag : flags)
        if (std::string_view("smixq").find(flag) == std::string_view::npos) return std::nullopt;
    if (flags.find('q') != std::string_view::npos) {
        std::string out;
        for (std::size_t at = 0; at < pattern.size();) out += literal(next_code_point(pattern, at));
        return out;
    }
    const std::string kept = flags.find('x') != std::string_view::npos ? without_space(pattern) : std::string(pattern);
    try {
        return Translator(kept, flags, limits).all();
    } catch (const Wrong&) {
        return std::nullopt;
    }
}

}  // namespace kith::dmn
