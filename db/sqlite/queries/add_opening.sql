insert into openings (opening_id, concern_id, asked_by, purpose, sealed_reason, asked_at, state, second_member, decided_at,
    opened_at, emergency)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
