#include "dmn/cases/json.hpp"

#include <algorithm>

#include "dmn/value/json.hpp"
#include "dmn/value/temporal.hpp"
#include "dmn/value/text.hpp"

namespace kith::dmn::cases {
namespace {
constexpr int kDeepest = 100;

struct Stop {
    std::string message;
    std::size_t at;
};

class JsonReader {
  public:
    JsonReader(std::string_view text, Evaluator& evaluator) : text_(text), e_(evaluator) {}

    /// The entries of the object that is the whole text, each with the type that `type_of` has for its name.
    template <class TypeOf, class Take>
    void object(TypeOf type_of, Take take) {
        members(type_of, take);
        space();
        if (at_ < text_.size()) stop("nothing may follow the object");
    }

  private:
    [[noreturn]] void stop(std::string message) const { throw Stop{std::move(message), at_}; }
    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    void space() {
        while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
    }
    void expect(char wanted) {
        space();
        if (peek() != wanted) stop(std::string("`") + wanted + "` is expected here");
        ++at_;
    }
    bool skip(char wanted) {
        space();
        if (peek() != wanted) return false;
        ++at_;
        return true;
    }

    template <class TypeOf, class Take>
    void members(TypeOf type_of, Take take) {
        expect('{');
        if (skip('}')) return;
        std::vector<std::string> names;
        do {
            space();
            const std::size_t begin = at_;
            const std::string name = string();
            at_ = names.end() != std::find(names.begin(), names.end(), name) ? begin : at_;
            if (at_ == begin) stop("`" + name + "` is said twice");
            const Type* type = type_of(name, begin);
            expect(':');
            space();
            const std::size_t value_at = at_;
            take(name, value(*type), value_at);
            names.push_back(name);
        } while (skip(','));
        expect('}');
    }

    Value value(const Type& type) {
        if (++depth_ > kDeepest) stop("this is nested too deeply");
        const Value out = any_value(type);
        --depth_;
        return out;
    }
    Value any_value(const Type& type) {
        space();
        switch (peek()) {
            case '{':
                return context(type);
            case '[':
                return list(type);
            case '"':
                return text(type);
            default:
                break;
        }
        const std::size_t end = std::min(text_.find_first_of(" \t\r\n,]}", at_), text_.size());
        const std::string_view word = text_.substr(at_, end - at_);
        Value out;
        if (word == "true" || word == "false") {
            out = Value::of(word == "true");
        } else if (word != "null") {
            const auto number = is_number(word) ? Decimal::parse(word) : std::nullopt;
            if (!number) stop("this is no value of JSON, or a number out of range");
            out = Value::of(*number);
        }
        at_ = end;
        return out;
    }
    // JSON's numbers are those of FEEL but for a zero before digits and a point without them.
    static bool is_number(std::string_view word) {
        if (!word.empty() && word.front() == '-') word.remove_prefix(1);
        if (word.empty() || word.front() < '0' || word.front() > '9') return false;
        if (word.size() > 1 && word[0] == '0' && word[1] >= '0' && word[1] <= '9') return false;
        return word.back() >= '0' && word.back() <= '9';
    }
    Value context(const Type& type) {
        std::vector<Entry> entries;
        members(
            [&](const std::string& name, std::size_t) {
                const Field* field = type.field(name);
                return field != nullptr ? field->type : &types::any;
            },
            [&](const std::string& name, const Value& one, std::size_t) {
                entries.push_back({e_.arena().keep(std::string_view(name)), one});
            });
        return e_.context(entries);
    }
    Value list(const Type& type) {
        ++at_;
        std::vector<Value> items;
        if (skip(']')) return e_.list(items);
        do items.push_back(value(type.element != nullptr ? *type.element : types::any));
        while (skip(','));
        expect(']');
        return e_.list(items);
    }
    Value text(const Type& type) {
        const std::size_t begin = at_;
        const std::string read = string();
        const bool temporal = type.kind >= TypeKind::date && type.kind <= TypeKind::months_duration;
        const auto point = temporal ? parse_temporal(read, e_.zones()) : std::nullopt;
        if (point) return *point;
        if (!temporal) return e_.text(read);
        at_ = begin;
        stop("this is not " + with_article(type));
    }

    std::string string() {
        if (peek() != '"') stop("a text in double quotes is expected here");
        std::string out;
        for (++at_; peek() != '"';) {
            if (at_ >= text_.size()) stop("a text has no end");
            if (static_cast<unsigned char>(peek()) < 0x20) stop("a text has a control character");
            if (peek() != '\\') {
                out += text_[at_++];
                continue;
            }
            ++at_;
            escape(out);
        }
        ++at_;
        return out;
    }
    void escape(std::string& out) {
        static constexpr std::string_view kNames = "\"\\/bfnrt", kStandFor = "\"\\/\b\f\n\r\t";
        const std::size_t known = at_ < text_.size() ? kNames.find(text_[at_]) : std::string_view::npos;
        if (known != std::string_view::npos) {
            out += kStandFor[known];
            ++at_;
            return;
        }
        char32_t point = unit();
        if (point >= 0xd800 && point < 0xdc00 && text_.substr(at_, 2) == "\\u") {
            ++at_;
            const char32_t low = unit();
            if (low < 0xdc00 || low >= 0xe000) stop("half of a character stands alone");
            point = 0x10000 + ((point - 0xd800) << 10U) + (low - 0xdc00);
        }
        if (point >= 0xd800 && point < 0xe000) stop("half of a character stands alone");
        append_code_point(point, out);
    }
    char32_t unit() {
        if (peek() != 'u' || at_ + 5 > text_.size()) stop("this escape is none of JSON's");
        char32_t out = 0;
        for (std::size_t i = 1; i <= 4; ++i) {
            const std::size_t digit = std::string_view("0123456789abcdef")
                                          .find(static_cast<char>(text_[at_ + i] | (text_[at_ + i] >= 'A' ? 0x20 : 0)));
            if (digit == std::string_view::npos) stop("this escape is none of JSON's");
            out = out * 16 + static_cast<char32_t>(digit);
        }
        at_ += 5;
        return out;
    }

    std::string_view text_;
    Evaluator& e_;
    std::size_t at_ = 0;
    int depth_ = 0;
};

Fault json_fault(const std::string& file, std::string_view text, const Stop& stop) {
    Fault out;
    out.file = file;
    out.message = stop.message;
    const std::size_t at = std::min(stop.at, text.size());
    const std::size_t begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
    out.text = text.substr(begin, text.find('\n', begin) - begin);
    out.begin = static_cast<std::uint32_t>(at - begin);
    out.end = out.begin + 1;
    out.position = {
        static_cast<std::uint32_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1),
        static_cast<std::uint32_t>(code_points(text.substr(begin, at - begin)) + 1)};
    return out;
}
}  // namespace

std::optional<std::vector<Given>> read_json(const Model& model, const Element& asked, const std::string& file,
                                            std::string_view text, Literals& literals, Faults& faults) {
    std::vector<Given> out;
    Target target;
    try {
        JsonReader(text, literals.evaluator())
            .object(
                [&](const std::string& name, std::size_t at) {
                    const auto found = find_fact(model, asked, name);
                    if (!found) throw Stop{"there is no fact `" + name + "`", at};
                    target = *found;
                    return target.type;
                },
                [&](const std::string& name, const Value& value, std::size_t at) {
                    if (!fits(value, *target.type))
                        throw Stop{"`" + name + "` is " + with_article(*target.type) + ", and this is not", at};
                    out.push_back({target, value});
                });
        return out;
    } catch (const Stop& stop) {
        faults.push_back(json_fault(file, text, stop));
    } catch (const LimitReached& reached) {
        faults.push_back(json_fault(file, text, {std::string("a limit was reached: ") + reached.limit, 0}));
    }
    return std::nullopt;
}

std::string as_json(const File& file, const Ran& ran) {
    const auto held = std::count_if(ran.results.begin(), ran.results.end(), [](const Result& one) { return one.held; });
    return "{\"file\":" + json_text(file.name) + ",\"held\":" + std::to_string(held) +
           ",\"failed\":" + std::to_string(ran.results.size() - static_cast<std::size_t>(held)) + ",\"cases\":" +
           json_list(ran.results,
                     [](const Result& one) {
                         return "{\"id\":" + json_text(one.id) + ",\"decision\":" + json_text(one.decision) +
                                ",\"line\":" + std::to_string(one.position.line) +
                                ",\"column\":" + std::to_string(one.position.column) +
                                ",\"held\":" + (one.held ? "true" : "false") +
                                ",\"expected\":" + json_text(one.expected) + ",\"got\":" + json_text(one.got) +
                                ",\"whyNot\":" + json_text(one.why_not) +
                                ",\"explanation\":" + json_text(one.explanation) + "}";
                     }) +
           "}";
}

}  // namespace kith::dmn::cases
