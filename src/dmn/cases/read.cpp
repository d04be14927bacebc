// One line is one statement, so a fault is one line's and reading goes on behind it.
#include <algorithm>

#include "dmn/cases/cases.hpp"
#include "dmn/feel/letters.hpp"
#include "dmn/feel/scope.hpp"

namespace kith::dmn::cases {
namespace {
constexpr std::string_view kMark = "\xef\xbb\xbf";

struct Stop {
    std::string message;
    Place place;
};

bool is_blank(char c) { return c == ' ' || c == '\t'; }

class Statement {
  public:
    explicit Statement(std::string_view text) : text_(text) {}

    Line line() {
        Line out;
        cut_comment(out);
        blanks();
        if (at_ == text_.size()) return out;
        if (word("model")) {
            out.kind = LineKind::model;
            out.name = rest(out.name_at, "the name of a file is expected behind `model`");
        } else if (word("decision")) {
            out.kind = LineKind::decision;
            out.name = rest(out.name_at, "the name of a decision is expected behind `decision`");
        } else if (word("given")) {
            out.kind = LineKind::given;
            blanks();
            if (at_ < text_.size()) out.given = settings();
            end("this does not belong to the facts before it");
        } else {
            out.kind = LineKind::one_case;
            out.one = one_case();
        }
        return out;
    }
    std::vector<Setting> only_settings() {
        blanks();
        std::vector<Setting> out;
        if (at_ < text_.size()) out = settings();
        end("this does not belong to the facts before it");
        return out;
    }

  private:
    [[noreturn]] static void stop(std::string message, std::size_t begin, std::size_t end) {
        throw Stop{std::move(message), {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}};
    }
    static Place place(std::size_t begin, std::size_t end) {
        return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    }
    char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
    bool arrow() const { return peek() == '-' && peek(1) == '>'; }
    void blanks() {
        while (is_blank(peek())) ++at_;
    }
    // What comes next behind these words, when they stand here by themselves; a blank at the end of the line.
    std::optional<char> behind(std::string_view wanted) const {
        if (text_.substr(at_, wanted.size()) != wanted) return std::nullopt;
        std::size_t next = at_ + wanted.size();
        if (next < text_.size() && !is_blank(text_[next]) && text_[next] != '[') return std::nullopt;
        while (next < text_.size() && is_blank(text_[next])) ++next;
        return next < text_.size() ? text_[next] : ' ';
    }

    // Behind a text in double quotes or a name in backquotes that begins here.
    std::size_t behind_quotes(std::size_t from) const {
        const char quote = text_[from];
        for (std::size_t at = from + 1; at < text_.size(); ++at) {
            if (quote == '"' && text_[at] == '\\')
                ++at;
            else if (text_[at] == quote)
                return at + 1;
        }
        stop(quote == '"' ? "a text begins here and has no end" : "a name begins here and has no end", from,
             text_.size());
    }

    void cut_comment(Line& out) {
        for (std::size_t at = 0; at < text_.size();) {
            if (text_[at] == '#') {
                out.comment = text_.substr(at);
                text_ = text_.substr(0, at);
                return;
            }
            at = text_[at] == '"' || text_[at] == '`' ? behind_quotes(at) : at + 1;
        }
    }

    bool word(std::string_view wanted) {
        const auto next = behind(wanted);
        if (!next || *next == ':') return false;  // a case may have that name
        at_ += wanted.size();
        return true;
    }

    std::string rest(Place& where, const char* missing) {
        blanks();
        std::size_t end = text_.size();
        while (end > at_ && is_blank(text_[end - 1])) --end;
        if (end == at_) stop(missing, text_.size(), text_.size());
        where = place(at_, end);
        std::string_view found = text_.substr(at_, end - at_);
        const char quote = found.front();
        if (quote == '"' || quote == '`') {
            if (behind_quotes(at_) != end) stop("this does not belong to the name before it", behind_quotes(at_), end);
            found = found.substr(1, found.size() - 2);
            if (quote == '"' && found.find('\\') != std::string_view::npos)
                stop("a name with a backslash stands in backquotes", at_, end);
            if (found.empty()) stop(missing, at_, end);
        }
        at_ = text_.size();
        return std::string(found);
    }

    void end(const char* message) {
        blanks();
        if (at_ < text_.size()) stop(message, at_, text_.size());
    }

    // The bytes from `begin` without the blanks before the present place.
    std::string_view until_here(std::size_t begin) const {
        std::size_t end = at_;
        while (end > begin && is_blank(text_[end - 1])) --end;
        return text_.substr(begin, end - begin);
    }

    std::vector<Setting> settings() {
        std::vector<Setting> out;
        do {
            if (!out.empty()) ++at_;
            out.push_back(setting());
            for (std::size_t i = 0; i + 1 < out.size(); ++i)
                if (out[i].name == out.back().name)
                    stop("`" + out[i].name + "` is said twice", out.back().name_at.begin, out.back().name_at.end);
        } while (peek() == ',');
        return out;
    }

    Setting setting() {
        blanks();
        Setting out;
        const std::size_t begin = at_;
        while (at_ < text_.size() && peek() != '=' && peek() != ',' && peek() != '"' && !arrow())
            at_ = peek() == '`' ? behind_quotes(at_) : at_ + 1;
        const std::string_view name = until_here(begin);
        if (name.empty()) stop("a name is expected here", begin, begin + 1);
        if (peek() != '=') stop("`=` is expected behind a name", begin + name.size(), begin + name.size() + 1);
        out.name = normal_name(name);
        out.name_at = place(begin, begin + name.size());
        ++at_;
        literal(out);
        return out;
    }

    // A literal ends where nothing is open any more: at a comma, an arrow, or a bracket that opens what follows it.
    void literal(Setting& out) {
        blanks();
        const std::size_t begin = at_;
        std::vector<std::size_t> open;
        while (at_ < text_.size()) {
            const char c = peek();
            if (open.empty() && (c == ',' || arrow() || (c == '[' && at_ > begin))) break;
            if (open.empty() && c == '=') stop("`,` or `->` is missing before this", at_, at_ + 1);
            if (c == '"' || c == '`') {
                at_ = behind_quotes(at_);
                continue;
            }
            if (c == '(' || c == '[' || c == '{') open.push_back(at_);
            if (c == ')' || c == ']' || c == '}') {
                if (open.empty()) stop("this closes what was not opened", at_, at_ + 1);
                open.pop_back();
            }
            ++at_;
        }
        if (!open.empty()) stop("what is opened here is not closed", open.back(), open.back() + 1);
        const std::string_view found = until_here(begin);
        if (found.empty()) stop("a literal is expected here", begin, begin + 1);
        out.literal = found;
        out.literal_at = place(begin, begin + found.size());
    }

    Case one_case() {
        Case out;
        const std::size_t begin = at_;
        while (at_ < text_.size() && std::string_view(":=,\"`[]{}()").find(peek()) == std::string_view::npos &&
               !arrow())
            ++at_;
        const std::string_view id = until_here(begin);
        if (peek() != ':' || id.empty())
            stop("a line begins with `model`, `decision`, `given`, or the name of a case and `:`", begin,
                 std::max(begin + id.size(), begin + 1));
        out.id = normal_name(id);
        out.id_at = place(begin, begin + id.size());
        ++at_;
        blanks();
        if (!arrow()) out.facts = settings();
        blanks();
        if (!arrow()) stop("`->` is expected behind the facts of a case", at_, at_ + 1);
        at_ += 2;
        outcome(out);
        end("this does not belong to the case before it");
        return out;
    }

    bool words(std::string_view wanted) {
        blanks();
        const auto next = behind(wanted);
        if (!next || *next == '=') return false;  // an output may have that name
        at_ += wanted.size();
        return true;
    }

    void outcome(Case& out) {
        blanks();
        if (at_ == text_.size()) stop("what is expected stands behind `->`", at_, at_ + 1);
        if (words("undetermined")) {
            out.expected = Expected::undetermined;
            reason(out);
        } else if (words("no rule")) {
            out.expected = Expected::no_rule;
        } else {
            out.outputs = settings();
            blanks();
            if (peek() == '[') rules(out);
        }
    }

    void reason(Case& out) {
        blanks();
        const bool bracket = peek() == '[';
        const std::size_t open = at_;
        if (bracket) ++at_;
        if (!words("because")) {
            if (bracket) stop("`because` and a fact are expected here", open, at_);
            return;
        }
        blanks();
        const std::size_t begin = at_;
        while (at_ < text_.size() && peek() != ']') at_ = peek() == '`' ? behind_quotes(at_) : at_ + 1;
        const std::string_view name = until_here(begin);
        if (name.empty()) stop("the name of a fact is expected here", begin, begin + 1);
        out.because = normal_name(name);
        out.because_at = place(begin, begin + name.size());
        if (!bracket) return;
        if (peek() != ']') stop("what is opened here is not closed", open, open + 1);
        ++at_;
    }

    void rules(Case& out) {
        const std::size_t open = at_++;
        if (!words("rules") && !words("rule")) stop("`rules` and their numbers are expected here", open, at_ + 1);
        out.rules.emplace();
        do {
            if (!out.rules->empty()) ++at_;
            blanks();
            const std::size_t begin = at_;
            std::uint32_t number = 0;
            while (peek() >= '0' && peek() <= '9' && at_ - begin < 9)
                number = number * 10 + static_cast<std::uint32_t>(text_[at_++] - '0');
            if (number == 0) stop("the number of a rule is expected here", begin, std::max(at_, begin + 1));
            out.rules->push_back(number);
            blanks();
        } while (peek() == ',');
        if (peek() != ']') stop("what is opened here is not closed", open, open + 1);
        out.rules_at = place(open, ++at_);
        std::sort(out.rules->begin(), out.rules->end());
        out.rules->erase(std::unique(out.rules->begin(), out.rules->end()), out.rules->end());
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

// The byte that begins no code point, or the size.
std::size_t first_broken(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        if (letters::next(text, at) == 0xfffd && text.substr(from, at - from) != "\xef\xbf\xbd") return from;
    }
    return text.size();
}

// The line without its end, and the first without the mark of its encoding.
std::string_view said(std::size_t line, std::string_view written) {
    if (line == 0 && written.substr(0, kMark.size()) == kMark) written.remove_prefix(kMark.size());
    while (!written.empty() && (written.back() == '\n' || written.back() == '\r')) written.remove_suffix(1);
    return written;
}

Fault fault_of(const std::string& file, std::size_t line, std::string_view text, Place place, std::string message) {
    Fault out;
    out.message = std::move(message);
    out.file = file;
    out.text = text;
    const auto size = static_cast<std::uint32_t>(text.size());
    out.begin = std::min(place.begin, size);
    out.end = std::max(out.begin, std::min(place.end, size));
    out.position = {static_cast<std::uint32_t>(line + 1),
                    static_cast<std::uint32_t>(code_points(text.substr(0, out.begin)) + 1)};
    return out;
}
}  // namespace

Fault fault_at(const File& file, std::size_t line, Place place, std::string message) {
    return fault_of(file.name, line, said(line, file.lines[line].written), place, std::move(message));
}

Read read(std::string name, std::string_view bytes, const Limits& limits) {
    Read out;
    File file{std::move(name), {}};
    if (bytes.size() > limits.bytes) {
        out.faults.push_back(fault_of(file.name, 0, {}, {}, "the file is too large"));
        return out;
    }
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t number = file.lines.size();
        const std::size_t end = std::min(bytes.find('\n', at), bytes.size() - 1) + 1;
        const std::string_view written = bytes.substr(at, end - at);
        const std::string_view text = said(number, written);
        at = end;
        if (number >= limits.lines || out.faults.size() >= limits.faults) {
            const char* why = number >= limits.lines ? "the file has too many lines" : "there are more faults";
            out.faults.push_back(fault_of(file.name, number, text, {}, why));
            break;
        }
        Line line;
        try {
            const std::size_t broken = first_broken(text);
            if (broken < text.size())
                throw Stop{"this is no UTF-8",
                           {static_cast<std::uint32_t>(broken), static_cast<std::uint32_t>(broken + 1)}};
            line = Statement(text).line();
        } catch (Stop& stop) {
            out.faults.push_back(fault_of(file.name, number, text, stop.place, std::move(stop.message)));
        }
        line.written = written;
        file.lines.push_back(std::move(line));
    }
    if (out.faults.empty()) out.file = std::move(file);
    return out;
}

std::optional<std::vector<Setting>> read_settings(std::string_view text, Faults& faults) {
    try {
        const std::size_t broken = first_broken(text);
        if (broken < text.size()) throw Stop{"this is no UTF-8", {}};
        return Statement(text).only_settings();
    } catch (Stop& stop) {
        faults.push_back(fault_of({}, 0, text, stop.place, std::move(stop.message)));
        faults.back().position = {};
        return std::nullopt;
    }
}

}  // namespace kith::dmn::cases
