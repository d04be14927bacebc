select concern_id, kind, noted_at, noted_by, word, sealed_text
from notes
where concern_id = ?
order by noted_at, note_row
