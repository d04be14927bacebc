insert into front_doors (front_door_id, slug, pack, is_open)
values (?, ?, ?, ?)
