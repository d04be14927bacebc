delete from draft_files
where file_id = ?
