delete from vault_rows
where concern_id = ?
