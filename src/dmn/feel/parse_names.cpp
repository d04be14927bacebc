// The lowest layer of the parser: space and comments, words, names by longest match, strings, type names.
#include <algorithm>

#include "dmn/builtin/builtin.hpp"
#include "dmn/feel/letters.hpp"
#include "dmn/feel/parser.hpp"

namespace kith::dmn {
namespace {
std::optional<std::uint32_t> hex(std::string_view digits) {
    std::uint32_t out = 0;
    for (const char c : digits) {
        const int digit = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0) return std::nullopt;
        out = out * 16 + static_cast<std::uint32_t>(digit);
    }
    return out;
}

// The code point of \uXXXX (with a second half behind a first one) or \UXXXXXX at `at`, which is moved behind it.
std::optional<char32_t> unicode_escape(std::string_view text, std::size_t& at) {
    const std::size_t width = text[at + 1] == 'u' ? 4 : 6;
    if (at + 2 + width > text.size()) return std::nullopt;
    const auto first = hex(text.substr(at + 2, width));
    if (!first || *first > 0x10ffff) return std::nullopt;
    std::size_t next = at + 2 + width;
    char32_t point = *first;
    if (width == 4 && point >= 0xd800 && point < 0xdc00 && next + 6 <= text.size() && text.substr(next, 2) == "\\u") {
        const auto second = hex(text.substr(next + 2, 4));
        if (second && *second >= 0xdc00 && *second < 0xe000) {
            point = 0x10000 + ((point - 0xd800) << 10) + (*second - 0xdc00);
            next += 6;
        }
    }
    if (point >= 0xd800 && point < 0xe000) return std::nullopt;
    at = next;
    return point;
}
}  // namespace

void Parser::space() {
    while (at_ < text_.size()) {
        std::size_t next = at_;
        if (letters::is_space(letters::next(text_, next))) {
            at_ = next;
        } else if (peek() == '/' && peek(1) == '/') {
            while (at_ < text_.size() && peek() != '\n') ++at_;
        } else if (peek() == '/' && peek(1) == '*') {
            const std::size_t end = text_.find("*/", at_ + 2);
            if (end == std::string_view::npos) stop(FaultKind::syntax, "a comment has no end", at_, text_.size());
            at_ = end + 2;
        } else {
            return;
        }
    }
}

char32_t Parser::peek_point() const {
    std::size_t next = at_;
    return at_ < text_.size() ? letters::next(text_, next) : 0;
}

bool Parser::skip(std::string_view symbol) {
    space();
    if (text_.substr(at_, symbol.size()) != symbol) return false;
    at_ += symbol.size();
    return true;
}

void Parser::expect(std::string_view symbol, const char* message) {
    if (!skip(symbol)) stop(FaultKind::syntax, message, at_, at_ + 1);
}

bool Parser::at_word(std::string_view word) const {
    if (text_.substr(at_, word.size()) != word) return false;
    std::size_t next = at_ + word.size();
    return next >= text_.size() || !letters::is_part(letters::next(text_, next));
}

bool Parser::skip_word(std::string_view word) {
    space();
    if (!at_word(word)) return false;
    at_ += word.size();
    return true;
}

std::optional<Comparison> Parser::comparison_symbol() {
    space();
    const char next = peek(1);
    switch (peek()) {
        case '=':
            ++at_;
            return Comparison::equal;
        case '!':
            if (next != '=') return std::nullopt;
            at_ += 2;
            return Comparison::not_equal;
        case '<':
            at_ += next == '=' ? 2 : 1;
            return next == '=' ? Comparison::at_most : Comparison::less;
        case '>':
            at_ += next == '=' ? 2 : 1;
            return next == '=' ? Comparison::at_least : Comparison::greater;
        default:
            return std::nullopt;
    }
}

std::string Parser::string_literal() {
    const std::size_t begin = at_++;
    std::string out;
    for (;;) {
        if (at_ >= text_.size()) stop(FaultKind::syntax, "a text has no closing quote", begin, text_.size());
        const char c = text_[at_];
        if (c == '"') break;
        if (c != '\\' || at_ + 1 >= text_.size()) {
            out += c;
            ++at_;
            continue;
        }
        const char escaped = text_[at_ + 1];
        static constexpr std::string_view kFrom = "ntr\"'\\", kTo = "\n\t\r\"'\\";
        const std::size_t known = kFrom.find(escaped);
        if (known != std::string_view::npos) {
            out += kTo[known];
            at_ += 2;
        } else if (escaped == 'u' || escaped == 'U') {
            const auto point = unicode_escape(text_, at_);
            if (!point) stop(FaultKind::syntax, "this is no unicode escape", at_, at_ + 2);
            append_code_point(*point, out);
        } else {
            out += c;
            ++at_;
        }
    }
    ++at_;
    return out;
}

std::string Parser::simple_word() {
    const std::size_t from = at_;
    if (at_ < text_.size() && letters::is_start(peek_point())) {
        std::size_t next = at_;
        do {
            at_ = next;
            if (next >= text_.size()) break;
        } while (letters::is_part(letters::next(text_, next)));
    }
    return std::string(text_.substr(from, at_ - from));
}

// The longest name that `known` accepts and that begins here: words, and symbols between them, with the spaces as they
// are written (several count as one).
std::optional<std::string> Parser::longest(const std::function<bool(const std::string&)>& known,
                                           std::size_t longest_name) {
    if (!letters::is_start(peek_point())) return std::nullopt;
    std::string candidate;
    std::optional<std::string> best;
    std::size_t best_end = at_;
    std::size_t at = at_;
    for (std::uint32_t tokens = 0; tokens < world_.limits.name_tokens && at < text_.size(); ++tokens) {
        std::size_t next = at;
        bool spaced = false;
        while (next < text_.size()) {
            std::size_t after = next;
            if (!letters::is_space(letters::next(text_, after))) break;
            next = after;
            spaced = true;
        }
        const std::size_t begin = next;
        if (begin >= text_.size()) break;
        const char32_t first = letters::next(text_, next);
        if (letters::is_part(first)) {
            for (std::size_t after = next; after < text_.size() && letters::is_part(letters::next(text_, after));
                 next = after) {
            }
        } else if (!letters::is_symbol(first)) {
            break;
        }
        if (spaced && !candidate.empty()) candidate += ' ';
        candidate += text_.substr(begin, next - begin);
        if (candidate.size() > longest_name) break;
        at = next;
        if (known(candidate)) {
            best = candidate;
            best_end = at;
        }
    }
    if (best) at_ = best_end;
    return best;
}

namespace {
std::size_t longest_in(const Scope* scope) {
    std::size_t out = 0;
    for (; scope != nullptr; scope = scope->parent) {
        out = std::max(out, scope->longest);
        for (const Field& field : scope->item->fields) out = std::max(out, field.name.size());
    }
    return out;
}
constexpr std::size_t kLongestBuiltin = 32;
}  // namespace

const Node* Parser::name_or_function(std::size_t begin) {
    const auto known = [&](const std::string& name) {
        return find(scope_, name).form != Found::Form::none || find_builtin(name) != nullptr;
    };
    if (peek() == '`') {
        const std::size_t end = text_.find('`', at_ + 1);
        if (end == std::string_view::npos)
            stop(FaultKind::syntax, "a name has no closing backquote", at_, text_.size());
        std::string name = normal_name(text_.substr(at_ + 1, end - at_ - 1));
        at_ = end + 1;
        return named(std::move(name), begin);
    }
    std::optional<std::string> name = longest(known, std::max(longest_in(scope_), kLongestBuiltin));
    if (name) check_ambiguity(*name, begin);
    if (!name) name = simple_word();
    if (name->empty()) stop(FaultKind::syntax, "a value or a name is expected here", at_, at_ + 1);
    return named(std::move(*name), begin);
}

void Parser::check_ambiguity(std::string_view name, std::size_t begin) {
    const std::size_t symbol = name.find_first_of("+-*/");
    if (symbol == std::string_view::npos || symbol == 0) return;
    const std::string left = normal_name(name.substr(0, symbol)), right = normal_name(name.substr(symbol + 1));
    if (find(scope_, left).form == Found::Form::none || find(scope_, right).form == Found::Form::none) return;
    note(FaultKind::hazard,
         "`" + std::string(name) + "` is a name here, and so are its parts: write the name in backquotes, or brackets",
         begin, at_);
}

// A new name, as in a context's key or a parameter: all up to one of `stops` (a symbol) or the word ` in `.
std::string Parser::name_until(std::string_view stops) {
    space();
    const std::size_t begin = at_;
    if (peek() == '`') {
        const std::size_t end = text_.find('`', at_ + 1);
        if (end == std::string_view::npos)
            stop(FaultKind::syntax, "a name has no closing backquote", at_, text_.size());
        at_ = end + 1;
        return normal_name(text_.substr(begin + 1, end - begin - 1));
    }
    if (!letters::is_start(peek_point())) stop(FaultKind::syntax, "a name is expected here", at_, at_ + 1);
    std::size_t end = at_;
    while (at_ < text_.size() && stops.find(peek()) == std::string_view::npos) {
        if (stops == " " && at_ > begin && at_word("in") &&
            letters::is_space(static_cast<unsigned char>(text_[at_ - 1])))
            break;
        std::size_t next = at_;
        const char32_t c = letters::next(text_, next);
        if (!letters::is_space(c) && !letters::is_part(c) && !letters::is_symbol(c)) break;
        if (stops == " " && letters::is_part(c)) {  // whole words, so that `inner` does not end at its `in`
            for (std::size_t after = next; after < text_.size() && letters::is_part(letters::next(text_, after));
                 next = after) {
            }
        }
        at_ = next;
        if (!letters::is_space(c)) end = at_;
    }
    return normal_name(text_.substr(begin, end - begin));
}

// What may follow a dot: an entry that the type has, else a property or a name that the model uses somewhere, else one
// word.
std::string Parser::property_name(const Type& of) {
    space();
    if (peek() == '`') return name_until(".");
    const Type& holder = of.is(TypeKind::list) && of.element != nullptr ? *of.element : of;
    static constexpr std::string_view kProperties[] = {"time offset", "start included", "end included"};
    std::optional<std::string> name;
    if (!holder.fields.empty()) name = longest([&](const std::string& n) { return holder.field(n) != nullptr; }, 256);
    if (!name)
        name = longest(
            [&](const std::string& n) {
                return std::find(std::begin(kProperties), std::end(kProperties), n) != std::end(kProperties) ||
                       (holder.fields.empty() && world_.known_names.contains(n));
            },
            256);
    if (!name) name = simple_word();
    if (name->empty()) stop(FaultKind::syntax, "a name is expected behind the dot", at_, at_ + 1);
    return *name;
}

const Type* Parser::type() {
    space();
    const std::size_t begin = at_;
    const auto known = [&](const std::string& name) {
        return types::built_in(name) != nullptr || world_.types(name) != nullptr;
    };
    if (++depth_ > world_.limits.depth) stop(FaultKind::limit, "this is nested too deeply", at_, at_ + 1);
    const std::optional<std::string> name = longest(known, 256);
    if (!name) {
        simple_word();
        stop(FaultKind::name, "there is no such type", begin, std::max(at_, begin + 1));
    }
    const Type* out = type_with_parts(*name);
    --depth_;
    return out;
}

const Type* Parser::type_with_parts(std::string_view name) {
    const Type* own = world_.types(name);
    if (own != nullptr) return own;
    const Type* built_in = types::built_in(name);
    space();
    if (peek() != '<' || (name != "list" && name != "range" && name != "context" && name != "function"))
        return built_in;
    ++at_;
    Type made{built_in->kind};
    if (name == "list" || name == "range") {
        made.element = type();
    } else if (name == "context") {
        std::vector<Field> fields;
        do {
            const std::string field = name_until(":");
            expect(":", "a colon and a type are expected here");
            fields.push_back({world_.arena.keep(std::string_view(field)), type()});
        } while (skip(","));
        made.fields = world_.arena.keep(fields);
    } else {
        std::vector<const Type*> parameters;
        space();
        if (peek() != '>') do
                parameters.push_back(type());
            while (skip(","));
        made.parameters = world_.arena.keep(parameters);
    }
    expect(">", "`>` is expected here");
    if (name == "function") {
        expect("->", "`->` and a type are expected here");
        made.result = type();
    }
    return world_.arena.make<Type>(made);
}

}  // namespace kith::dmn
