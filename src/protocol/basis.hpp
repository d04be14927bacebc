// What several settings rest on together.
#pragma once
#include <algorithm>

#include "protocol/pack.hpp"

namespace kith::protocol {

/// Every clause once, in the order first met, and the first source.
template <class Rows>
Basis basis_of_all(const Rows& rows) {
    Basis basis;
    for (const auto& row : rows) {
        for (const auto& clause : row.basis.clauses)
            if (std::ranges::find(basis.clauses, clause) == basis.clauses.end()) basis.clauses.push_back(clause);
        if (basis.source.empty()) basis.source = row.basis.source;
    }
    return basis;
}

}  // namespace kith::protocol
