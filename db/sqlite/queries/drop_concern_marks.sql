delete from concern_marks
where concern_id = ?
