select size, witness, witnessed_at, line
from ledger_cosignatures
where size = ?
order by witness, witnessed_at
