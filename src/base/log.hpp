// The log of the running program: one JSON line on stderr. It takes names fixed at compile time, numbers and ids; there
// is no way to give it a child's or a reporter's words. Safe from any thread.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <string>

#include "base/error.hpp"
#include "base/id.hpp"

namespace kith::log {

struct Fact {
    std::string_view name;
    std::string json;
    Fact(Words n, std::int64_t value) : name(n.text), json(std::to_string(value)) {}
    Fact(Words n, int value) : Fact(n, static_cast<std::int64_t>(value)) {}
    Fact(Words n, std::size_t value) : Fact(n, static_cast<std::int64_t>(value)) {}
    Fact(Words n, Words value) : name(n.text), json('"' + std::string(value.text) + '"') {}
    Fact(Words n, const Error& error) : name(n.text), json('"' + std::string(error.what) + '"') {}
    template <class Tag>
    Fact(Words n, const Id<Tag>& id) : name(n.text), json('"' + id.text() + '"') {}
};

void note(Words event, std::initializer_list<Fact> facts = {});
/// Something an operator should look at.
void warn(Words event, std::initializer_list<Fact> facts = {});

}  // namespace kith::log
