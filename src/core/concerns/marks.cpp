#include "core/concerns/marks.hpp"

#include <algorithm>
#include <tuple>

#include "base/text.hpp"

namespace kith::concerns {

std::vector<MarkedWords> tidied(const Account& account, std::vector<MarkedWords> marks) {
    std::ranges::sort(marks, {}, [](const MarkedWords& mark) { return std::tuple(mark.field, mark.from, mark.to); });
    std::vector<MarkedWords> out;
    for (const MarkedWords& mark : marks) {
        if (mark.from >= mark.to || mark.to > account.known(mark.field).size()) continue;
        const bool joins = !out.empty() && out.back().field == mark.field && mark.from <= out.back().to;
        if (!joins) {
            out.push_back(mark);
        } else if (mark.to > out.back().to) {
            out.back().instead = mark.from == out.back().from ? mark.instead : std::string();
            out.back().to = mark.to;
        } else if (are_of_one_place(out.back(), mark) && out.back().instead.empty()) {
            out.back().instead = mark.instead;
        }
    }
    return out;
}

std::vector<MarkedWords> with_each(const Account& account, Field field, std::string_view words) {
    std::vector<MarkedWords> marks = account.marked;
    const std::string told = text::ascii_lower(account.known(field));
    const std::string wanted = text::ascii_lower(text::tidy(words));
    if (!wanted.empty())
        for (auto at = told.find(wanted); at != told.npos; at = told.find(wanted, at + wanted.size()))
            marks.push_back({field, at, at + wanted.size()});
    return tidied(account, std::move(marks));
}

namespace {
bool is_of_a_word(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || text::is_digits({&c, 1}) || (c >= 'a' && c <= 'z');
}
bool stands_alone(std::string_view told, std::size_t at, std::size_t size) {
    return (at == 0 || !is_of_a_word(told[at - 1])) && (at + size == told.size() || !is_of_a_word(told[at + size]));
}
}  // namespace

std::vector<MarkedWords> with_those_of(const Account& account, const Account& other) {
    std::vector<MarkedWords> marks = account.marked;
    for (const MarkedWords& mark : tidied(other, other.marked)) {
        const std::string words =
            text::ascii_lower(text::tidy(other.known(mark.field).substr(mark.from, mark.to - mark.from)));
        if (words.empty()) continue;
        for (const FieldSpec& spec : field_specs()) {
            if (spec.shape != Shape::line && spec.shape != Shape::words) continue;
            const std::string told = text::ascii_lower(account.known(spec.field));
            for (auto at = told.find(words); at != told.npos; at = told.find(words, at + words.size()))
                if (spec.field == mark.field || stands_alone(told, at, words.size()))
                    marks.push_back({spec.field, at, at + words.size(), mark.instead});
        }
    }
    return tidied(account, std::move(marks));
}

bool are_of_one_place(const MarkedWords& one, const MarkedWords& other) {
    return one.field == other.field && one.from == other.from && one.to == other.to;
}

std::vector<MarkedWords> without(const Account& account, const MarkedWords& mark) {
    std::vector<MarkedWords> marks = account.marked;
    std::erase_if(marks, [&](const MarkedWords& one) { return are_of_one_place(one, mark); });
    return marks;
}

std::vector<Stretch> stretches(const Account& account, Field field) {
    const std::string_view told = account.known(field);
    std::vector<Stretch> out;
    std::size_t done = 0;
    for (const MarkedWords& mark : tidied(account, account.marked)) {
        if (mark.field != field) continue;
        if (mark.from > done) out.push_back({std::string(told.substr(done, mark.from - done)), false});
        out.push_back({std::string(told.substr(mark.from, mark.to - mark.from)), true});
        done = mark.to;
    }
    if (done < told.size()) out.push_back({std::string(told.substr(done)), false});
    return out;
}

}  // namespace kith::concerns
