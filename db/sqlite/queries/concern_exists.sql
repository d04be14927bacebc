select exists (select 1 from concerns where concern_id = ?)
