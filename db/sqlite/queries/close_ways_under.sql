update vault_rows
set wrap_duty = x''
where length(wrap_duty) > 0 and duty_generation <= ?2
    and concern_id in (select concern_id from concerns where front_door_id = ?1)
