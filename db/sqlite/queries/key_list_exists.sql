select exists (select 1 from key_lists where number = ?)
