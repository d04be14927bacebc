update vault_rows
set wrap_duty = x''
where concern_id = ? and length(wrap_duty) > 0
