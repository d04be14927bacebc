// Edits of any file: what was written into a cell is read from it, a rule that was added and deleted leaves no trace.
#include <cstdlib>

#include "dmn/edit/edit.hpp"

namespace {
void ask(bool holds) {
    if (!holds) std::abort();
}

void edit_every_cell(const std::string& bytes, const std::string& decision, std::string_view text) {
    using namespace kith::dmn;
    Faults faults;
    const auto table = edit::TableText::find("f.dmn", bytes, decision, faults);
    if (!table) return;
    ask(table->bytes() == bytes);
    for (std::size_t rule = 0; rule < table->rules(); ++rule) {
        const edit::Edited set = table->set_cell(rule, edit::CellKind::input, 0, text);
        if (!set.bytes) continue;
        const auto again = edit::TableText::find("f.dmn", *set.bytes, decision, faults);
        ask(again.has_value() && again->cell(rule, edit::CellKind::input, 0) == text);
    }
    edit::NewRule rule;
    rule.inputs.assign(table->columns(edit::CellKind::input), std::string(text));
    rule.outputs.assign(table->columns(edit::CellKind::output), "1");
    for (std::size_t at = 0; at <= table->rules(); ++at) {
        const edit::Edited added = table->add_rule(at, rule);
        if (!added.bytes) continue;
        const auto more = edit::TableText::find("f.dmn", *added.bytes, decision, faults);
        ask(more.has_value() && more->rules() == table->rules() + 1);
        const edit::Edited back = more->delete_rule(at);
        ask(back.bytes.has_value() && *back.bytes == bytes);
    }
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    using namespace kith::dmn;
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    Faults faults;
    const auto document = read_xml("f.dmn", bytes, {}, faults);
    if (!document) return 0;
    for (const auto& child : document->root->children)
        edit_every_cell(bytes, std::string(child->attribute("name")), "\"a\" & <b> ]]>");
    return 0;
}
