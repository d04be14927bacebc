#include "dmn/builtin/builtin.hpp"

#include <unordered_map>
#include <vector>

#include "dmn/builtin/arguments.hpp"

namespace kith::dmn {
namespace {
std::vector<const Builtin*> collect() {
    std::vector<const Builtin*> out;
    for (const auto group : {conversion_builtins(), string_builtins(), number_builtins(), list_builtins(),
                             statistics_builtins(), context_builtins(), range_builtins(), temporal_builtins()})
        for (const Builtin& one : group) out.push_back(&one);
    return out;
}
}  // namespace

std::span<const Builtin* const> all_builtins() {
    static const std::vector<const Builtin*> all = collect();
    return all;
}

const Builtin* find_builtin(std::string_view name) {
    static const std::unordered_map<std::string_view, const Builtin*> by_name = [] {
        std::unordered_map<std::string_view, const Builtin*> out;
        for (const Builtin* one : all_builtins()) out.emplace(one->name, one);
        return out;
    }();
    const auto found = by_name.find(name);
    return found == by_name.end() ? nullptr : found->second;
}

std::optional<std::span<const Value>> list_at(Evaluator& e, const Arguments& a, std::size_t i) {
    const Value v = a.at(i);
    if (v.is(Kind::list)) return v.list();
    if (v.is_null()) return std::nullopt;
    return e.list({v}).list();
}

std::span<const Value> items_of(const Arguments& a) {
    if (a.size() == 1 && a.at(0).is(Kind::list)) return a.at(0).list();
    return a.values;
}

}  // namespace kith::dmn
