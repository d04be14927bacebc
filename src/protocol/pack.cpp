#include "protocol/pack.hpp"

#include <algorithm>

namespace kith::protocol {

bool Pack::is_locally_decided(TermKey key) const { return locally_decided.contains(key); }

const Clause* Pack::clause(std::string_view id) const {
    const auto at = std::ranges::find(clauses, id, &Clause::id);
    return at == clauses.end() ? nullptr : &*at;
}

std::string_view Pack::word(Term term) const {
    const auto at = words.find(term);
    return at == words.end() ? name_of(term) : std::string_view(at->second.value);
}

Pack for_demonstration(Pack pack) {
    int next = 0;
    for (ContactPoint& point : pack.contacts) {
        point.number = "01632 960" + std::to_string(100 + next++ % 100);
        point.basis.source = "Demonstration: this number belongs to nobody";
    }
    return pack;
}

}  // namespace kith::protocol
