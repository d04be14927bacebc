update concerns
set sealed_source = ?2
where concern_id = ?1
