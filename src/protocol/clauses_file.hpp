// clauses.tsv: one clause a line, `id TAB modality TAB rule TAB home`, under a heading line with those words.
#pragma once
#include "protocol/table_reader.hpp"

namespace kith::protocol {

struct PlacedClause {
    Clause clause;
    Place place;
};

/// Every sound line; the others are reported.
std::vector<PlacedClause> read_clauses(std::string_view tsv, Report& report);

}  // namespace kith::protocol
