update draft_files
set expires_at = ?2
where file_id = ?1
