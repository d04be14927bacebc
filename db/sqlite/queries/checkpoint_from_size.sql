select size, cast(note as blob)
from ledger_checkpoints
where size >= ?
order by size
limit 1
