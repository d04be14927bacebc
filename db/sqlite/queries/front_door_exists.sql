select exists (select 1 from front_doors where front_door_id = ?)
