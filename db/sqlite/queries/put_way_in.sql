update vault_rows
set wrap_duty = ?3, epoch_day = ?4, duty_generation = ?5
where concern_id = ?1 and number = ?2
