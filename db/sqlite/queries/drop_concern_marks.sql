delete from concern_marks
where concern_row = (select concern_row from concerns where concern_id = ?)
