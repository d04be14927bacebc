#include "dmn/builtin/pattern.hpp"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace kith::dmn {
namespace {
struct FreeCode {
    void operator()(pcre2_code* code) const { pcre2_code_free(code); }
};
struct FreeContext {
    void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
};
struct FreeMatch {
    void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
};
}  // namespace

struct Pattern::Compiled {
    std::unique_ptr<pcre2_code, FreeCode> code;
    std::unique_ptr<pcre2_match_context, FreeContext> context;
    std::size_t groups = 0;

    using Match = std::unique_ptr<pcre2_match_data, FreeMatch>;
    Match room() const { return Match(pcre2_match_data_create_from_pattern(code.get(), nullptr)); }
    Answer match(std::string_view text, std::size_t from, pcre2_match_data* into) const {
        const auto* bytes = reinterpret_cast<PCRE2_SPTR>(text.data() != nullptr ? text.data() : "");
        const int found = pcre2_match(code.get(), bytes, text.size(), from, 0, into, context.get());
        return found == PCRE2_ERROR_NOMATCH ? Answer::no : found < 0 ? Answer::gave_up : Answer::yes;
    }

    /// Calls `take` with what stands before each match and with its groups; gives what stands after the last. Nothing
    /// where a match may be empty (XPath 3.1, FORX0003), the engine gives up, or `take` says no.
    template <typename Take>
    std::optional<std::string_view> walk(std::string_view text, Take take) const {
        const auto into = room();
        if (!into || match("", 0, into.get()) != Answer::no) return std::nullopt;
        std::size_t from = 0;
        for (;;) {
            const Answer found = match(text, from, into.get());
            if (found == Answer::no) return text.substr(from);
            const PCRE2_SIZE* span = pcre2_get_ovector_pointer(into.get());
            if (found == Answer::gave_up || span[1] == span[0]) return std::nullopt;
            if (!take(text.substr(from, span[0] - from), span)) return std::nullopt;
            from = span[1];
        }
    }
};

Pattern::Pattern(std::unique_ptr<Compiled> compiled, bool literal)
    : compiled_(std::move(compiled)), literal_(literal) {}
Pattern::~Pattern() = default;

std::unique_ptr<Pattern> Pattern::compile(std::string_view pattern, std::string_view flags, PatternLimits limits) {
    const auto translated = translate_pattern(pattern, flags, limits);
    if (!translated) return nullptr;
    std::uint32_t options = PCRE2_UTF | PCRE2_DOLLAR_ENDONLY;
    if (flags.find('i') != std::string_view::npos) options |= PCRE2_CASELESS;
    if (flags.find('m') != std::string_view::npos) options |= PCRE2_MULTILINE;
    int error = 0;
    PCRE2_SIZE at = 0;
    auto compiled = std::make_unique<Compiled>();
    compiled->code.reset(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(translated->data()), translated->size(), options,
                                       &error, &at, nullptr));
    compiled->context.reset(pcre2_match_context_create(nullptr));
    if (!compiled->code || !compiled->context) return nullptr;
    pcre2_set_match_limit(compiled->context.get(), limits.matching);
    pcre2_set_depth_limit(compiled->context.get(), limits.matching / 10);
    pcre2_set_heap_limit(compiled->context.get(), 64 * 1024);
    std::uint32_t groups = 0;
    pcre2_pattern_info(compiled->code.get(), PCRE2_INFO_CAPTURECOUNT, &groups);
    compiled->groups = groups;
    return std::unique_ptr<Pattern>(new Pattern(std::move(compiled), flags.find('q') != std::string_view::npos));
}

Pattern::Answer Pattern::found_in(std::string_view text) const {
    const auto room = compiled_->room();
    return room ? compiled_->match(text, 0, room.get()) : Answer::gave_up;
}

namespace {
// A digit run names the longest group number that exists (XPath 3.1, 5.6.4).
bool expand(std::string_view replacement, std::string_view text, const PCRE2_SIZE* groups, std::size_t count,
            std::string& out) {
    for (std::size_t i = 0; i < replacement.size(); ++i) {
        const char c = replacement[i];
        if (c == '\\') {
            if (i + 1 >= replacement.size() || (replacement[i + 1] != '\\' && replacement[i + 1] != '$')) return false;
            out += replacement[++i];
        } else if (c == '$') {
            if (i + 1 >= replacement.size() || replacement[i + 1] < '0' || replacement[i + 1] > '9') return false;
            std::size_t number = static_cast<std::size_t>(replacement[++i] - '0');
            while (i + 1 < replacement.size() && replacement[i + 1] >= '0' && replacement[i + 1] <= '9' &&
                   number * 10 + static_cast<std::size_t>(replacement[i + 1] - '0') <= count)
                number = number * 10 + static_cast<std::size_t>(replacement[++i] - '0');
            if (number <= count && groups[2 * number] != PCRE2_UNSET)
                out += text.substr(groups[2 * number], groups[2 * number + 1] - groups[2 * number]);
        } else {
            out += c;
        }
    }
    return true;
}
}  // namespace

std::optional<std::string> Pattern::replaced(std::string_view text, std::string_view replacement) const {
    std::string out;
    const auto rest = compiled_->walk(text, [&](std::string_view before, const PCRE2_SIZE* groups) {
        out += before;
        if (!literal_) return expand(replacement, text, groups, compiled_->groups, out);
        out += replacement;
        return true;
    });
    if (!rest) return std::nullopt;
    return out += *rest;
}

std::optional<std::vector<std::string_view>> Pattern::split(std::string_view text) const {
    std::vector<std::string_view> out;
    const auto rest = compiled_->walk(text, [&](std::string_view before, const PCRE2_SIZE*) {
        out.push_back(before);
        return true;
    });
    if (!rest) return std::nullopt;
    out.push_back(*rest);
    return out;
}

}  // namespace kith::dmn
