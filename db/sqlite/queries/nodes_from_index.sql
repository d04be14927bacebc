select node_index, hash
from ledger_nodes
where level = ? and node_index >= ?
order by node_index
limit ?
