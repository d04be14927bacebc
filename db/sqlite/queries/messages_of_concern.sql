select message_id, concern_id, side, kind, sent_at, sealed_text
from messages
where concern_id = ?
order by sent_at, message_row
