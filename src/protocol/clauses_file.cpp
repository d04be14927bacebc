#include "protocol/clauses_file.hpp"

#include <array>

#include "base/text.hpp"

namespace kith::protocol {
namespace {

constexpr std::string_view kHeading = "id\tmodality\trule\thome";
constexpr std::array<Named<Modality>, 8> kModalities{{{Modality::definition, "definition"},
                                                      {Modality::must, "must"},
                                                      {Modality::should, "should"},
                                                      {Modality::may, "may"},
                                                      {Modality::must_not, "must-not"},
                                                      {Modality::right, "right"},
                                                      {Modality::principle, "principle"},
                                                      {Modality::fact, "fact"}}};
constexpr std::array<Named<Home>, 3> kHomes{{{Home::pack, "pack"}, {Home::code, "code"}, {Home::not_yet, "not yet"}}};

template <class E, std::size_t N>
const Named<E>* find(const std::array<Named<E>, N>& rows, std::string_view name) {
    const auto at = std::ranges::find(rows, name, &Named<E>::name);
    return at == rows.end() ? nullptr : &*at;
}

/// Three capitals, a hyphen, three digits.
bool is_clause_id(std::string_view id) {
    return id.size() == 7 && std::ranges::all_of(id.substr(0, 3), [](char c) { return c >= 'A' && c <= 'Z'; }) &&
           id[3] == '-' && text::is_digits(id.substr(4));
}

std::optional<PlacedClause> read_line(std::string_view line, std::size_t number, Report& report) {
    const auto cells = text::split(line, '\t');
    if (cells.size() != 4) {
        report.add({number, 1}, "A clause has four columns parted by tabs (id, modality, rule, home); here are " +
                                    std::to_string(cells.size()) + ".");
        return std::nullopt;
    }
    const auto place = [&](std::size_t cell) {
        return Place{number, static_cast<std::size_t>(cells[cell].data() - line.data()) + 1};
    };
    const auto* modality = find(kModalities, cells[1]);
    const auto* home = find(kHomes, cells[3]);
    if (!is_clause_id(cells[0]))
        report.add(place(0), "\"" + std::string(cells[0]) + "\" is not a clause id; write it like PLY-023.");
    if (!modality)
        report.add(place(1), "\"" + std::string(cells[1]) +
                                 "\" is not a modality: definition, must, should, may, "
                                 "must-not, right, principle or fact.");
    if (text::tidy(cells[2]).empty() || !text::is_clean_utf8(cells[2]))
        report.add(place(2), "The rule is empty or holds a character that cannot be shown.");
    if (!home) report.add(place(3), "\"" + std::string(cells[3]) + "\" is not a home: pack, code or not yet.");
    if (!is_clause_id(cells[0]) || !modality || !home) return std::nullopt;
    return PlacedClause{{std::string(cells[0]), modality->value, std::string(cells[2]), home->value}, place(0)};
}

}  // namespace

std::vector<PlacedClause> read_clauses(std::string_view tsv, Report& report) {
    std::vector<PlacedClause> clauses;
    std::size_t number = 0;
    for (std::string_view line : text::split(tsv, '\n')) {
        ++number;
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (number == 1) {
            if (line != kHeading) report.add({1, 1}, "The first line must name the columns: id, modality, rule, home.");
            continue;
        }
        if (line.empty()) continue;
        auto clause = read_line(line, number, report);
        if (!clause) continue;
        const auto same = [&](const PlacedClause& other) { return other.clause.id == clause->clause.id; };
        if (const auto first = std::ranges::find_if(clauses, same); first != clauses.end())
            report.add(clause->place, "Clause " + clause->clause.id + " is given twice; it stands on line " +
                                          std::to_string(first->place.line) + " already.");
        else
            clauses.push_back(std::move(*clause));
    }
    return clauses;
}

}  // namespace kith::protocol
