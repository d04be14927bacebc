insert into draft_files (file_id, expires_at)
values (?, ?)
