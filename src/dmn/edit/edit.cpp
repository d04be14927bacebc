#include "dmn/edit/edit.hpp"

#include <algorithm>

#include "dmn/feel/scope.hpp"
#include "dmn/value/text.hpp"

namespace kith::dmn::edit {
namespace {
constexpr std::string_view kBlank = " \t\r\n";
constexpr std::string_view kCdata = "<![CDATA[", kCdataEnd = "]]>";

const char* element_name(CellKind kind) {
    switch (kind) {
        case CellKind::input:
            return "inputEntry";
        case CellKind::output:
            return "outputEntry";
        case CellKind::annotation:
            return "annotationEntry";
    }
    return "";
}

const char* column_name(CellKind kind) {
    switch (kind) {
        case CellKind::input:
            return "input";
        case CellKind::output:
            return "output";
        case CellKind::annotation:
            return "annotation";
    }
    return "";
}

bool is_utf8(std::string_view bytes) {
    for (const char* mark : {"\xff\xfe", "\xfe\xff"})
        if (bytes.substr(0, 2) == mark) return false;
    if (bytes.substr(0, 3) == "\xef\xbb\xbf") bytes.remove_prefix(3);
    if (bytes.find('\0') != std::string_view::npos) return false;
    if (bytes.substr(0, 5) != "<?xml") return true;
    const std::string_view head = bytes.substr(0, bytes.find("?>"));
    const std::size_t at = head.find("encoding");
    if (at == std::string_view::npos) return true;
    const std::size_t open = head.find_first_of("\"'", at);
    if (open == std::string_view::npos) return false;
    std::string name(head.substr(open + 1, head.find(head[open], open + 1) - open - 1));
    for (char& c : name) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    return name == "utf-8" || name == "us-ascii";
}

// Text that XML can hold: no control characters but tab and line ends, and whole code points.
bool is_text(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        const char32_t c = next_code_point(text, at);
        if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') return false;
        if (c == 0xfffe || c == 0xffff || (c == 0xfffd && text.substr(from, at - from) != "\xef\xbf\xbd")) return false;
        if (c >= 0xd800 && c < 0xe000) return false;
    }
    return true;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '\r':
                out += "&#13;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

const XmlElement* first_table(const XmlElement& holder) {
    if (const XmlElement* own = holder.child("decisionTable")) return own;
    for (const auto& child : holder.children)
        if (const XmlElement* inner = first_table(*child)) return inner;
    return nullptr;
}

const XmlElement* table_of(const XmlElement& root, const std::string& name) {
    for (const auto& child : root.children) {
        const bool holder = child->name == "decision" || child->name == "businessKnowledgeModel";
        if (holder && child->space == root.space && normal_name(child->attribute("name")) == name)
            if (const XmlElement* table = first_table(*child)) return table;
    }
    return nullptr;
}
}  // namespace

std::optional<TableText> TableText::find(std::string file, std::string bytes, std::string_view decision, Faults& faults,
                                         const XmlLimits& limits) {
    Fault fault;
    fault.kind = FaultKind::structure;
    fault.file = file;
    if (!is_utf8(bytes)) {
        fault.message = "a file that is not UTF-8 is read and not edited";
        faults.push_back(std::move(fault));
        return std::nullopt;
    }
    auto document = read_xml(std::move(file), std::move(bytes), limits, faults);
    if (!document) return std::nullopt;
    TableText out;
    out.document_ = *std::move(document);
    out.limits_ = limits;
    out.table_ = table_of(*out.document_.root, normal_name(decision));
    if (out.table_ == nullptr) {
        fault.message = "there is no decision table of that name";
        faults.push_back(std::move(fault));
        return std::nullopt;
    }
    out.rules_ = out.table_->all("rule");
    return out;
}

std::size_t TableText::columns(CellKind kind) const { return table_->all(column_name(kind)).size(); }

const XmlElement* TableText::entry(std::size_t rule, CellKind kind, std::size_t column) const {
    if (rule >= rules_.size()) return nullptr;
    const auto entries = rules_[rule]->all(element_name(kind));
    return column < entries.size() ? entries[column] : nullptr;
}

std::string TableText::cell(std::size_t rule, CellKind kind, std::size_t column) const {
    const XmlElement* found = entry(rule, kind, column);
    const XmlElement* text = found != nullptr ? found->child("text") : nullptr;
    return text != nullptr ? text->text : std::string();
}

// An edit that would not read back is none.
Edited TableText::checked(std::string bytes) const {
    Faults faults;
    if (!read_xml(document_.file, bytes, limits_, faults)) return {std::nullopt, faults.front().message};
    return {std::move(bytes), {}};
}

Edited TableText::replaced(Span span, const std::string& with) const {
    return checked(document_.bytes.substr(0, span.begin) + with + document_.bytes.substr(span.end));
}

namespace {
std::string tag_of(std::string_view bytes, const XmlElement& element) {
    const std::size_t end = bytes.find_first_of(" \t\r\n/>", element.begin + 1);
    return std::string(bytes.substr(element.begin + 1, end - element.begin - 1));
}

std::string prefix_of(std::string_view bytes, const XmlElement& element) {
    const std::string tag = tag_of(bytes, element);
    const std::size_t colon = tag.find(':');
    return colon == std::string::npos ? std::string() : tag.substr(0, colon + 1);
}

bool is_empty_tag(const XmlElement& element) { return element.content_begin == element.end; }
}  // namespace

Edited TableText::set_cell(std::size_t rule, CellKind kind, std::size_t column, std::string_view text) const {
    const XmlElement* found = entry(rule, kind, column);
    if (found == nullptr) return {std::nullopt, "there is no such cell"};
    if (!is_text(text)) return {std::nullopt, "this text has a character that a file cannot hold"};
    const std::string_view bytes = document_.bytes;
    const XmlElement* holder = found->child("text");
    if (holder == nullptr) {
        const std::string tag = prefix_of(bytes, *found) + "text";
        const std::string made = "<" + tag + ">" + escaped(text) + "</" + tag + ">";
        if (!is_empty_tag(*found)) return replaced({found->content_begin, found->content_begin}, made);
        const std::size_t slash = bytes.rfind('/', found->end - 1);
        return replaced({slash, found->end}, ">" + made + "</" + tag_of(bytes, *found) + ">");
    }
    if (is_empty_tag(*holder)) {
        const std::size_t slash = bytes.rfind('/', holder->end - 1);
        return replaced({slash, holder->end}, ">" + escaped(text) + "</" + tag_of(bytes, *holder) + ">");
    }
    const std::string_view old = bytes.substr(holder->content_begin, holder->content_end - holder->content_begin);
    const bool marked = old.size() >= kCdata.size() + kCdataEnd.size() && old.substr(0, kCdata.size()) == kCdata &&
                        old.find(kCdataEnd) == old.size() - kCdataEnd.size();
    const bool can_be = text.find(kCdataEnd) == std::string_view::npos && text.find('\r') == std::string_view::npos;
    const std::string inner =
        marked && can_be ? std::string(kCdata) + std::string(text) + std::string(kCdataEnd) : escaped(text);
    return replaced({holder->content_begin, holder->content_end}, inner);
}

std::string_view TableText::lead(const XmlElement& element) const {
    const std::string_view before = std::string_view(document_.bytes).substr(0, element.begin);
    const std::size_t last = before.find_last_not_of(kBlank);
    return before.substr(last == std::string_view::npos ? 0 : last + 1);
}

TableText::Span TableText::with_lead(const XmlElement& element) const {
    return {element.begin - lead(element).size(), element.end};
}

// Laid out as its neighbour is: `between` stands before the rule.
std::string TableText::rule_text(const NewRule& rule, std::string_view between) const {
    const std::string prefix = prefix_of(document_.bytes, *table_);
    std::string inner;
    std::string_view close;
    if (!rules_.empty() && !rules_.front()->children.empty()) {
        inner = lead(*rules_.front()->children.front());
        const XmlElement& last = *rules_.front()->children.back();
        close = std::string_view(document_.bytes).substr(last.end, rules_.front()->content_end - last.end);
        if (close.find_first_not_of(kBlank) != std::string_view::npos) close = between;
    }
    std::string out = "<" + prefix + "rule>";
    const auto add = [&](const std::vector<std::string>& cells, CellKind kind) {
        const std::string entry = prefix + element_name(kind), text = prefix + "text";
        for (const std::string& cell : cells) {
            out += inner;
            out += "<" + entry + "><" + text + ">" + escaped(cell) + "</" + text + "></" + entry + ">";
        }
    };
    add(rule.inputs, CellKind::input);
    add(rule.outputs, CellKind::output);
    add(rule.annotations, CellKind::annotation);
    out += close;
    return out + "</" + prefix + "rule>";
}

Edited TableText::add_rule(std::size_t before, const NewRule& rule) const {
    if (rule.inputs.size() != columns(CellKind::input) || rule.outputs.size() != columns(CellKind::output))
        return {std::nullopt, "a rule has as many cells as the table has columns"};
    if (before > rules_.size()) return {std::nullopt, "there is no such rule"};
    for (const auto* cells : {&rule.inputs, &rule.outputs, &rule.annotations})
        if (!std::all_of(cells->begin(), cells->end(), [](const std::string& cell) { return is_text(cell); }))
            return {std::nullopt, "this text has a character that a file cannot hold"};
    if (rules_.empty()) {
        if (table_->children.empty()) return {std::nullopt, "the table has no columns"};
        const XmlElement& last = *table_->children.back();
        const std::string between(lead(last));
        return replaced({last.end, last.end}, between + rule_text(rule, between));
    }
    const bool at_end = before == rules_.size();
    const XmlElement& neighbour = *rules_[at_end ? before - 1 : before];
    const std::string between(lead(neighbour));
    if (at_end) return replaced({neighbour.end, neighbour.end}, between + rule_text(rule, between));
    return replaced({neighbour.begin, neighbour.begin}, rule_text(rule, between) + between);
}

Edited TableText::delete_rule(std::size_t rule) const {
    if (rule >= rules_.size()) return {std::nullopt, "there is no such rule"};
    return replaced(with_lead(*rules_[rule]), "");
}

Edited TableText::move_rule(std::size_t rule, std::size_t to) const {
    if (rule >= rules_.size() || to >= rules_.size()) return {std::nullopt, "there is no such rule"};
    if (rule == to) return {document_.bytes, {}};
    const std::string& bytes = document_.bytes;
    const Span from = with_lead(*rules_[rule]);
    const std::string moved = bytes.substr(from.begin, from.end - from.begin);
    const Span there = with_lead(*rules_[to]);
    const std::size_t at = to > rule ? there.end : there.begin;
    if (at >= from.end)
        return checked(bytes.substr(0, from.begin) + bytes.substr(from.end, at - from.end) + moved + bytes.substr(at));
    return checked(bytes.substr(0, at) + moved + bytes.substr(at, from.begin - at) + bytes.substr(from.end));
}

}  // namespace kith::dmn::edit
