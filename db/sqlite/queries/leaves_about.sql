select leaf_index
from ledger_subjects
where subject = ?
order by leaf_index
