select note
from ledger_checkpoints
where size >= ?
order by size
limit ?
