update vault_rows
set wrap_taker = x''
where concern_id = ? and length(wrap_taker) > 0
