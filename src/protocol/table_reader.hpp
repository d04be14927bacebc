// Reads one table of a pack and reports everything wrong in it: keys that are missing, of the wrong kind, or unknown.
#pragma once
#include <algorithm>
#include <functional>
#include <set>

#include "protocol/load.hpp"
#include "protocol/toml_tree.hpp"

namespace kith::protocol {

/// Collects the problems of one file.
class Report {
  public:
    explicit Report(std::string file) : file_(std::move(file)) {}
    void add(Place place, std::string sentence) {
        problems_.push_back({file_, place.line, place.column, std::move(sentence)});
    }
    std::vector<Problem> take() { return std::move(problems_); }
    bool empty() const { return problems_.empty(); }

  private:
    std::string file_;
    std::vector<Problem> problems_;
};

/// One table. `finish()` is called once everything known was asked for. A reader of a table that is not there reports
/// nothing further: its absence was reported where it was asked for.
class TableReader {
  public:
    /// `name` as the lead reads it in sentences: "[clocks]" or "this [[contact]]".
    TableReader(const Node* table, std::string name, Report& report);

    const Node* optional(std::string_view key, Node::Kind kind);
    const Node* needed(std::string_view key, Node::Kind kind);
    /// Clean text of 1 to 2,000 characters.
    std::string text(std::string_view key);
    std::string optional_text(std::string_view key);
    Day day(std::string_view key);
    std::int64_t whole(std::string_view key, std::int64_t least, std::int64_t most);
    bool yes_no(std::string_view key);
    /// The texts of a list with their places; an item that is no text is reported and left out.
    std::vector<const Node*> texts(std::string_view key);
    std::vector<const Node*> optional_texts(std::string_view key);
    TableReader table(std::string_view key);
    /// The tables of `[[key]]`.
    std::vector<TableReader> tables(std::string_view key);

    template <class E>
    std::optional<E> word_of(std::string_view key);
    template <class E>
    std::vector<E> words_of(std::string_view key);

    bool is_there() const { return table_ != nullptr; }
    bool has(std::string_view key) const;
    Place place() const { return table_ ? table_->place : Place{}; }
    Place place_of(std::string_view key) const;
    const Node* node() const { return table_; }
    Report& report() { return *report_; }
    const std::string& name() const { return name_; }
    void finish();

  private:
    const Entry* find(std::string_view key) const;
    std::string clean(const Node& node, std::string_view key);
    std::vector<const Node*> texts_in(const Node* list, std::string_view key);

    const Node* table_;
    std::string name_;
    Report* report_;
    std::set<std::string, std::less<>> known_;
};

/// "child", "family", "group" or "place".
std::string choices(const std::vector<std::string_view>& names);

template <class E>
std::string choices_of() {
    std::vector<std::string_view> names;
    for (const auto& row : all_of<E>()) names.push_back(row.name);
    return choices(names);
}

template <class E>
std::optional<E> read_word(const Node& node, Report& report) {
    const auto value = named<E>(node.text);
    if (!value) report.add(node.place, "\"" + node.text + "\" is not one of " + choices_of<E>() + ".");
    return value;
}

template <class E>
std::optional<E> TableReader::word_of(std::string_view key) {
    const Node* node = needed(key, Node::Kind::text);
    return node ? read_word<E>(*node, *report_) : std::nullopt;
}

template <class E>
std::vector<E> TableReader::words_of(std::string_view key) {
    std::vector<E> values;
    for (const Node* node : texts(key)) {
        const auto value = read_word<E>(*node, *report_);
        if (!value) continue;
        if (std::ranges::find(values, *value) != values.end())
            report_->add(node->place, "\"" + node->text + "\" is given twice in \"" + std::string(key) + "\".");
        else
            values.push_back(*value);
    }
    return values;
}

}  // namespace kith::protocol
