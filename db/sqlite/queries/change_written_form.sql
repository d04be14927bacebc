update written_forms
set sealed_account = ?2
where concern_id = ?1
