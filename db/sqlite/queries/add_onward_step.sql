insert into onward_steps (concern_id, whom, step, stepped_at, stepped_by, sealed_text)
values (?, ?, ?, ?, ?, ?)
