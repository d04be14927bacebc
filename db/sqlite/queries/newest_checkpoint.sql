select note
from ledger_checkpoints
order by size desc
limit 1
