update concerns
set sealed_account = ?2, last_typed_at = ?3
where concern_id = ?1
