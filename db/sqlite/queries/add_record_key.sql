insert into record_keys (record_id, key_generation, sealed_key)
values (?, ?, ?)
