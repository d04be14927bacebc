// Reports as text for a person, and as JSON for a script.
#pragma once
#include "dmn/verify/difference.hpp"
#include "dmn/verify/graph.hpp"

namespace kith::dmn::verify {

std::string shown(const ModelReport& report);
/// What was found of one table, without its name.
std::string shown(const TableReport& table);
std::string shown(const Difference& difference);
std::string as_json(const ModelReport& report);
std::string as_json(const TableReport& table);
std::string as_json(const Difference& difference);
std::string_view name_of(FindingKind kind);
std::string_view name_of(Severity severity);

/// Whether a report has an error, or a question that was not answered whole.
bool is_sound(const ModelReport& report);

}  // namespace kith::dmn::verify
