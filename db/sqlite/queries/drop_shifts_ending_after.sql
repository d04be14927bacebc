delete from shifts
where front_door_id = ? and until_at > ?
