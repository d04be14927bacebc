// The ledger for those who audit it: acts, times, ids and clauses. Nothing personal.
#pragma once
#include "web/components.hpp"

namespace kith::web {

struct LedgerRow {
    std::string number, when, act, by, about, clauses;
    Url href;
};

struct LedgerListPage {
    StaffFrame frame;
    Errors errors;
    bool may_trace = false;
    std::string size, root, note, reference;
    bool is_trace = false;  ///< the rows are those about `reference`
    std::vector<LedgerRow> rows;
    Url older = {};
};

struct LeafPage {
    StaffFrame frame;
    std::string number, text, hash;
};

}  // namespace kith::web
