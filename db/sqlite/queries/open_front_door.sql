update front_doors
set is_open = 1
where front_door_id = ?
