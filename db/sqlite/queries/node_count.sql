select count(*)
from ledger_nodes
