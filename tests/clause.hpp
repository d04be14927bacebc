// KITH_CLAUSE: the first line of a scenario test says which clauses it proves. The citation stands in the source, where
// script/check_clauses.py reads it, and as a property in the results, which show that the test ran and passed.
#pragma once
#include <gtest/gtest.h>

#include <string>

namespace kith::test {

/// One property a clause: GoogleTest keeps only the last value of a repeated name.
template <class... Ids>
void cite(const Ids&... ids) {
    (::testing::Test::RecordProperty("clause-" + std::string(ids), "cited"), ...);
}

}  // namespace kith::test

/// `KITH_CLAUSE("PLY-023");` or `KITH_CLAUSE("PLY-023", "PLY-025");` Only a test that would fail if the clause were
/// broken may cite it.
#define KITH_CLAUSE(...) ::kith::test::cite(__VA_ARGS__)
