// A decision table to read, with what the verifier found written beside its rules: the same sheet in a terminal, as a
// page and for a script.
#pragma once
#include "dmn/verify/graph.hpp"

namespace kith::dmn::show {

enum class ColumnKind : std::uint8_t { input, output, annotation };

struct SheetColumn {
    ColumnKind kind = ColumnKind::input;
    std::string label;
    std::string type;  ///< empty where none is declared
};

struct SheetRow {
    std::uint32_t rule = 0;  ///< from 1; 0 for a gap, which is no rule but the row that is missing
    std::vector<std::string> cells;
    std::vector<std::size_t> findings;  ///< of the sheet, from 0
};

struct Sheet {
    std::string name;            ///< of the decision
    std::string policy;          ///< `U`, `C+`
    std::string policy_meaning;  ///< `one rule may match`
    std::vector<SheetColumn> columns;
    std::vector<SheetRow> rows;
    std::vector<std::string> defaults;  ///< `weeks: 1`
    verify::TableReport report;
};

/// One for each table of the model, in its order; the report is that of the same model.
std::vector<Sheet> sheets_of(const Model& model, const verify::ModelReport& report);

/// At most `width` characters a line where the columns can be had in that.
std::string as_text(const Sheet& sheet, std::size_t width);
/// One page that needs nothing else: no script, no other file.
std::string as_page(std::string_view title, const std::vector<Sheet>& sheets, const std::vector<verify::Finding>& more);
std::string as_json(const std::vector<Sheet>& sheets);

}  // namespace kith::dmn::show
