select coalesce(max(leaf_index) + 1, 0)
from ledger_leaves
