insert into notes (concern_id, kind, noted_at, noted_by, word, sealed_text)
values (?, ?, ?, ?, ?, ?)
