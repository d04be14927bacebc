#include "protocol/table_reader.hpp"

#include "base/text.hpp"

namespace kith::protocol {
namespace {

constexpr std::size_t kLongestText = 2000;

std::string quoted(std::string_view key) { return '"' + std::string(key) + '"'; }

std::string_view kind_in_words(Node::Kind kind) {
    switch (kind) {
        case Node::Kind::table:
            return "a group of settings, { ... } or a heading of its own";
        case Node::Kind::list:
            return "a list, [ ... ]";
        case Node::Kind::text:
            return "text in quotation marks";
        case Node::Kind::whole:
            return "a whole number without quotation marks";
        case Node::Kind::yes_no:
            return "true or false without quotation marks";
        case Node::Kind::day:
            return "a date such as 2026-11-21 without quotation marks";
        case Node::Kind::other:
            break;
    }
    return "something else";
}

}  // namespace

std::string choices(const std::vector<std::string_view>& names) {
    std::string words;
    for (std::size_t i = 0; i < names.size(); ++i)
        words += (i == 0 ? "" : i + 1 == names.size() ? " or " : ", ") + quoted(names[i]);
    return words;
}

TableReader::TableReader(const Node* table, std::string name, Report& report)
    : table_(table), name_(std::move(name)), report_(&report) {}

const Entry* TableReader::find(std::string_view key) const {
    if (!table_) return nullptr;
    const auto at = std::ranges::find(table_->entries, key, &Entry::key);
    return at == table_->entries.end() ? nullptr : &*at;
}

bool TableReader::has(std::string_view key) const { return find(key) != nullptr; }

Place TableReader::place_of(std::string_view key) const {
    const Entry* entry = find(key);
    return entry ? entry->place : place();
}

const Node* TableReader::optional(std::string_view key, Node::Kind kind) {
    known_.emplace(key);
    const Entry* entry = find(key);
    if (!entry) return nullptr;
    if (entry->value.kind == kind) return &entry->value;
    report_->add(entry->value.place, quoted(key) + " must be " + std::string(kind_in_words(kind)) + ".");
    return nullptr;
}

const Node* TableReader::needed(std::string_view key, Node::Kind kind) {
    if (table_ && !has(key)) {
        known_.emplace(key);
        report_->add(table_->place, name_ + " needs " + quoted(key) + ".");
        return nullptr;
    }
    return optional(key, kind);
}

std::string TableReader::clean(const Node& node, std::string_view key) {
    const std::string value = text::tidy(node.text);
    if (value.empty())
        report_->add(node.place, quoted(key) + " is empty.");
    else if (!text::is_clean_utf8(value))
        report_->add(node.place, quoted(key) + " holds a character that cannot be shown.");
    else if (text::length(value) > kLongestText)
        report_->add(node.place, quoted(key) + " is longer than " + std::to_string(kLongestText) + " characters.");
    return value;
}

std::string TableReader::text(std::string_view key) {
    const Node* node = needed(key, Node::Kind::text);
    return node ? clean(*node, key) : std::string();
}

std::string TableReader::optional_text(std::string_view key) {
    const Node* node = optional(key, Node::Kind::text);
    return node ? clean(*node, key) : std::string();
}

Day TableReader::day(std::string_view key) {
    const Node* node = needed(key, Node::Kind::day);
    return node ? node->day : Day{};
}

std::int64_t TableReader::whole(std::string_view key, std::int64_t least, std::int64_t most) {
    const Node* node = needed(key, Node::Kind::whole);
    if (!node) return least;
    if (node->whole < least || node->whole > most)
        report_->add(node->place, quoted(key) + " must be from " + std::to_string(least) + " to " +
                                      std::to_string(most) + ", not " + std::to_string(node->whole) + ".");
    return node->whole;
}

bool TableReader::yes_no(std::string_view key) {
    const Node* node = needed(key, Node::Kind::yes_no);
    return node && node->yes;
}

std::vector<const Node*> TableReader::texts_in(const Node* list, std::string_view key) {
    std::vector<const Node*> texts;
    if (!list) return texts;
    for (const Node& item : list->items) {
        if (item.kind != Node::Kind::text || text::tidy(item.text).empty() || !text::is_clean_utf8(item.text))
            report_->add(item.place, "Each item of " + quoted(key) + " must be text in quotation marks.");
        else
            texts.push_back(&item);
    }
    return texts;
}

std::vector<const Node*> TableReader::texts(std::string_view key) {
    return texts_in(needed(key, Node::Kind::list), key);
}

std::vector<const Node*> TableReader::optional_texts(std::string_view key) {
    return texts_in(optional(key, Node::Kind::list), key);
}

TableReader TableReader::table(std::string_view key) {
    const Node* node = needed(key, Node::Kind::table);
    const bool on_top = name_ == "The pack";
    return {node, on_top ? "[" + std::string(key) + "]" : quoted(key) + " in " + name_, *report_};
}

std::vector<TableReader> TableReader::tables(std::string_view key) {
    std::vector<TableReader> readers;
    const Node* list = optional(key, Node::Kind::list);
    if (!list) return readers;
    const std::string each = "This [[" + std::string(key) + "]]";
    for (const Node& item : list->items) {
        if (item.kind == Node::Kind::table)
            readers.emplace_back(&item, each, *report_);
        else
            report_->add(item.place,
                         "Each " + quoted(key) + " must be a heading of its own, [[" + std::string(key) + "]].");
    }
    return readers;
}

void TableReader::finish() {
    if (!table_) return;
    for (const Entry& entry : table_->entries) {
        if (known_.contains(entry.key)) continue;
        const std::vector<std::string_view> names(known_.begin(), known_.end());
        report_->add(entry.place,
                     name_ + " has no setting " + quoted(entry.key) + ". It knows " + choices(names) + ".");
    }
}

}  // namespace kith::protocol
