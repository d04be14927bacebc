// A TOML file as a tree of our own in which every key and value knows its place. Only toml_tree.cpp sees the library.
#pragma once
#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "base/instant.hpp"

namespace kith::protocol {

struct Place {
    std::size_t line = 1;
    std::size_t column = 1;
};

struct Entry;

struct Node {
    enum class Kind { table, list, text, whole, yes_no, day, other };
    Kind kind = Kind::other;
    Place place;
    std::string text;
    std::int64_t whole = 0;
    bool yes = false;
    Day day{};
    std::vector<Entry> entries;  ///< of a table, in the order of the file
    std::vector<Node> items;     ///< of a list
};

struct Entry {
    std::string key;
    Place place;
    Node value;
};

struct TomlFault {
    Place place;
    std::string sentence;
};

/// The file's top table, or the first fault of form.
tl::expected<Node, TomlFault> read_toml(std::string_view text);

}  // namespace kith::protocol
