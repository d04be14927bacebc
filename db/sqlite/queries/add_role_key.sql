insert into role_keys (kind, front_door_id, generation, public_half, sealed_to_custody, sealed_before)
values (?, ?, ?, ?, ?, ?)
