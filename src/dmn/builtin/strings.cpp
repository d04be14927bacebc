// Functions on text. Positions count code points; case is Unicode's, in no language.
#include <unicode/ustring.h>

#include "dmn/builtin/arguments.hpp"
#include "dmn/value/text.hpp"

namespace kith::dmn {
namespace {
Value substring(Evaluator& e, const Arguments& a) {
    const auto text = text_at(a, 0);
    const auto start = whole_at(a, 1);
    if (!text || !start) return e.doubt(kWrongArgument);
    const auto size = static_cast<std::int64_t>(code_points(*text));
    if (*start == 0 || *start > size || *start < -size) return e.doubt(kOutOfReach);
    const std::int64_t from = *start > 0 ? *start - 1 : size + *start;
    std::int64_t length = size - from;
    if (a.has(2)) {
        const auto wanted = whole_at(a, 2);
        if (!wanted) return e.doubt(kWrongArgument);
        if (*wanted < 1) return e.doubt(kOutOfReach);
        length = std::min(length, *wanted);
    }
    const std::size_t begin = byte_of(*text, static_cast<std::size_t>(from));
    const std::string_view rest = text->substr(begin);
    return Value::of(rest.substr(0, byte_of(rest, static_cast<std::size_t>(length))));
}

Value string_length(Evaluator& e, const Arguments& a) {
    const auto text = text_at(a, 0);
    return text ? Value::of(static_cast<std::int64_t>(code_points(*text))) : e.doubt(kWrongArgument);
}

Value cased(Evaluator& e, const Arguments& a,
            int32_t (*change)(UChar*, int32_t, const UChar*, int32_t, const char*, UErrorCode*)) {
    const auto text = text_at(a, 0);
    if (!text) return e.doubt(kWrongArgument);
    if (text->size() > e.limits().text / 4) throw LimitReached{"text length"};
    std::vector<UChar> wide(text->size() + 1), out(text->size() * 3 + 8);
    UErrorCode error = U_ZERO_ERROR;
    int32_t length = 0;
    u_strFromUTF8(wide.data(), static_cast<int32_t>(wide.size()), &length, text->data(),
                  static_cast<int32_t>(text->size()), &error);
    const int32_t made = change(out.data(), static_cast<int32_t>(out.size()), wide.data(), length, "", &error);
    std::string back(out.size() * 3, '\0');
    int32_t bytes = 0;
    u_strToUTF8(back.data(), static_cast<int32_t>(back.size()), &bytes, out.data(), made, &error);
    if (U_FAILURE(error) != 0) return e.doubt(kWrongArgument);
    back.resize(static_cast<std::size_t>(bytes));
    return e.text(back);
}
Value upper_case(Evaluator& e, const Arguments& a) { return cased(e, a, u_strToUpper); }
Value lower_case(Evaluator& e, const Arguments& a) { return cased(e, a, u_strToLower); }

template <class Use>
Value with_two(Evaluator& e, const Arguments& a, Use use) {
    const auto text = text_at(a, 0), other = text_at(a, 1);
    return text && other ? use(*text, *other) : e.doubt(kWrongArgument);
}

Value substring_before(Evaluator& e, const Arguments& a) {
    return with_two(e, a, [](std::string_view text, std::string_view match) {
        const std::size_t at = text.find(match);
        return Value::of(at == text.npos ? std::string_view{} : text.substr(0, at));
    });
}
Value substring_after(Evaluator& e, const Arguments& a) {
    return with_two(e, a, [](std::string_view text, std::string_view match) {
        const std::size_t at = text.find(match);
        return Value::of(at == text.npos ? std::string_view{} : text.substr(at + match.size()));
    });
}
Value contains(Evaluator& e, const Arguments& a) {
    return with_two(
        e, a, [](std::string_view text, std::string_view match) { return Value::of(text.find(match) != text.npos); });
}
Value starts_with(Evaluator& e, const Arguments& a) {
    return with_two(e, a,
                    [](std::string_view text, std::string_view match) { return Value::of(text.starts_with(match)); });
}
Value ends_with(Evaluator& e, const Arguments& a) {
    return with_two(e, a,
                    [](std::string_view text, std::string_view match) { return Value::of(text.ends_with(match)); });
}

const Pattern* pattern_at(Evaluator& e, const Arguments& a, std::size_t i, std::size_t flags_at, bool& good) {
    const auto text = text_at(a, i);
    std::string_view flags;
    if (a.has(flags_at) && !a.at(flags_at).is_null()) {
        const auto given = text_at(a, flags_at);
        good = given.has_value();
        flags = given.value_or("");
    }
    good = good && text;
    return good ? e.pattern(*text, flags) : nullptr;
}

Value matches(Evaluator& e, const Arguments& a) {
    bool good = true;
    const auto text = text_at(a, 0);
    const Pattern* pattern = pattern_at(e, a, 1, 2, good);
    if (!text || !good) return e.doubt(kWrongArgument);
    if (pattern == nullptr) return e.doubt("this is no pattern");
    const Pattern::Answer found = pattern->found_in(*text);
    return found == Pattern::Answer::gave_up ? e.doubt("a pattern takes too long to match")
                                             : Value::of(found == Pattern::Answer::yes);
}

Value replace(Evaluator& e, const Arguments& a) {
    bool good = true;
    const auto text = text_at(a, 0), replacement = text_at(a, 2);
    const Pattern* pattern = pattern_at(e, a, 1, 3, good);
    if (!text || !replacement || !good) return e.doubt(kWrongArgument);
    if (pattern == nullptr) return e.doubt("this is no pattern");
    const auto out = pattern->replaced(*text, *replacement);
    return out ? e.text(*out) : e.doubt("a replacement cannot be made");
}

Value split(Evaluator& e, const Arguments& a) {
    bool good = true;
    const auto text = text_at(a, 0);
    const Pattern* pattern = pattern_at(e, a, 1, 64, good);
    if (!text || !good) return e.doubt(kWrongArgument);
    if (pattern == nullptr) return e.doubt("this is no pattern");
    const auto parts = pattern->split(*text);
    if (!parts) return e.doubt("a text cannot be split by this");
    std::vector<Value> out;
    for (const std::string_view part : *parts) out.push_back(Value::of(part));
    return e.list(out);
}

Value string_join(Evaluator& e, const Arguments& a) {
    const auto items = list_at(e, a, 0);
    std::string_view between;
    if (a.has(1) && !a.at(1).is_null()) {
        const auto given = text_at(a, 1);
        if (!given) return e.doubt(kWrongArgument);
        between = *given;
    }
    if (!items) return e.doubt(kWrongArgument);
    std::string out;
    bool first = true;
    for (const Value& item : *items) {
        if (item.is_null()) continue;
        if (!item.is(Kind::string)) return e.doubt(kWrongArgument);
        if (!first) out += between;
        first = false;
        out += item.string();
        if (out.size() > e.limits().text) throw LimitReached{"text length"};
    }
    return e.text(out);
}

constexpr Builtin kAll[] = {
    {"substring", "string,start position,length?", &types::string, substring},
    {"string length", "string", &types::number, string_length},
    {"upper case", "string", &types::string, upper_case},
    {"lower case", "string", &types::string, lower_case},
    {"substring before", "string,match", &types::string, substring_before},
    {"substring after", "string,match", &types::string, substring_after},
    {"replace", "input,pattern,replacement,flags?", &types::string, replace},
    {"contains", "string,match", &types::boolean, contains},
    {"starts with", "string,match", &types::boolean, starts_with},
    {"ends with", "string,match", &types::boolean, ends_with},
    {"matches", "input,pattern,flags?", &types::boolean, matches},
    {"split", "string,delimiter", &types::list, split},
    {"string join", "list,delimiter?", &types::string, string_join},
};
}  // namespace

std::span<const Builtin> string_builtins() { return kAll; }

}  // namespace kith::dmn
