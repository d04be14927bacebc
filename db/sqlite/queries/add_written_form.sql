insert into written_forms (concern_id, way, received_at, typed_by, sealed_account)
values (?, ?, ?, ?, ?)
