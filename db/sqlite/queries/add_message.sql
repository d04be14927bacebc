insert into messages (message_id, concern_id, side, kind, sent_at, sealed_text)
values (?, ?, ?, ?, ?, ?)
