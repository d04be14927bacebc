insert into holdings (kind, front_door_id, generation, member_id, sealed_half)
values (?, ?, ?, ?, ?)
