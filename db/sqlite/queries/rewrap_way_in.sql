update vault_rows
set wrap_duty = ?3, epoch_day = ?4
where concern_id = ?1 and number = ?2 and length(wrap_duty) > 0
