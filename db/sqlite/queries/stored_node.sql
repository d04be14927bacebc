select hash
from ledger_nodes
where level = ? and node_index = ?
