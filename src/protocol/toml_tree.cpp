#include "protocol/toml_tree.hpp"

#include <toml++/toml.h>

#include <algorithm>

#include "base/text.hpp"

namespace kith::protocol {
namespace {

Place place_of(const toml::source_region& region) {
    return {std::max<std::size_t>(region.begin.line, 1), std::max<std::size_t>(region.begin.column, 1)};
}

Day day_of(const toml::date& date) {
    return Day(std::chrono::year(date.year), std::chrono::month(date.month), std::chrono::day(date.day));
}

Node node_of(const toml::node& from) {
    Node node;
    node.place = place_of(from.source());
    if (const auto* table = from.as_table()) {
        node.kind = Node::Kind::table;
        for (const auto& [key, value] : *table)
            node.entries.push_back({std::string(key.str()), place_of(key.source()), node_of(value)});
        std::ranges::sort(node.entries, {}, [](const Entry& e) { return std::pair(e.place.line, e.place.column); });
    } else if (const auto* list = from.as_array()) {
        node.kind = Node::Kind::list;
        for (const auto& item : *list) node.items.push_back(node_of(item));
    } else if (const auto* text = from.as_string()) {
        node.kind = Node::Kind::text;
        node.text = text->get();
    } else if (const auto* whole = from.as_integer()) {
        node.kind = Node::Kind::whole;
        node.whole = whole->get();
    } else if (const auto* yes = from.as_boolean()) {
        node.kind = Node::Kind::yes_no;
        node.yes = yes->get();
    } else if (const auto* day = from.as_date()) {
        node.kind = Node::Kind::day;
        node.day = day_of(day->get());
    }
    return node;
}

}  // namespace

tl::expected<Node, TomlFault> read_toml(std::string_view text) {
    try {
        return node_of(toml::parse(text));
    } catch (const toml::parse_error& error) {
        return tl::unexpected(TomlFault{place_of(error.source()),
                                        "This is not well-formed TOML: " + std::string(error.description()) + "."});
    }
}

}  // namespace kith::protocol
