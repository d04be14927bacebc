select leaf_index, leaf
from ledger_leaves
where leaf_index >= ?
order by leaf_index
limit ?
