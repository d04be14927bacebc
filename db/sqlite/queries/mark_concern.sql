insert into concern_marks (concern_id, kind, mark_told)
values (?, ?, ?)
on conflict (kind, mark_told, concern_id) do nothing
