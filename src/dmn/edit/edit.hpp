// Edits of a DMN file by the bytes that they change: every other byte stays as it was, with its comments, its line ends
// and whatever other programs keep in it. Rules and columns are counted from 0. A file that is not UTF-8 is not edited.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dmn/feel/fault.hpp"
#include "dmn/model/xml.hpp"

namespace kith::dmn::edit {

enum class CellKind : std::uint8_t { input, output, annotation };

struct NewRule {
    std::vector<std::string> inputs, outputs, annotations;
};

/// The file after an edit, or why it could not be made.
struct Edited {
    std::optional<std::string> bytes;
    std::string why_not;
};

/// One table of a file, by the name of the decision or the knowledge whose logic it is. What is edited is the file as
/// it was read; to edit it again, read what came of it.
class TableText {
  public:
    /// Nothing where there is no such table, or the file cannot be edited, with a fault.
    static std::optional<TableText> find(std::string file, std::string bytes, std::string_view decision, Faults& faults,
                                         const XmlLimits& limits = {});

    std::size_t rules() const { return rules_.size(); }
    std::size_t columns(CellKind kind) const;
    const std::string& bytes() const { return document_.bytes; }
    /// The text of a cell, empty where it has none.
    std::string cell(std::size_t rule, CellKind kind, std::size_t column) const;

    Edited set_cell(std::size_t rule, CellKind kind, std::size_t column, std::string_view text) const;
    /// Before the rule with that number, or at the end.
    Edited add_rule(std::size_t before, const NewRule& rule) const;
    Edited delete_rule(std::size_t rule) const;
    /// To stand where rule `to` stands now.
    Edited move_rule(std::size_t rule, std::size_t to) const;

  private:
    struct Span {
        std::size_t begin, end;
    };
    TableText() = default;
    const XmlElement* entry(std::size_t rule, CellKind kind, std::size_t column) const;
    Edited replaced(Span span, const std::string& with) const;
    Span with_lead(const XmlElement& element) const;
    std::string_view lead(const XmlElement& element) const;
    std::string rule_text(const NewRule& rule, std::string_view between) const;
    Edited checked(std::string bytes) const;
    XmlDocument document_;
    XmlLimits limits_;
    const XmlElement* table_ = nullptr;
    std::vector<const XmlElement*> rules_;
};

}  // namespace kith::dmn::edit
