insert into gone (kind, subject, number, line)
values (?, ?, ?, ?)
on conflict (kind, subject, number) do update set line = excluded.line
