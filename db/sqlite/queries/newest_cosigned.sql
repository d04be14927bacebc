select size
from ledger_cosignatures
order by size desc
limit 1
