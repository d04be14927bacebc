update openings
set concern_id = ?2, asked_by = ?3, purpose = ?4, sealed_reason = ?5, asked_at = ?6, state = ?7,
    second_member = ?8, decided_at = ?9, opened_at = ?10, emergency = ?11
where opening_id = ?1
