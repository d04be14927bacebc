insert into concern_marks (mark_told, concern_row)
values (?, ?)
on conflict (mark_told, concern_row) do nothing
