select leaf
from ledger_leaves
where leaf_index = ?
