insert into gone (kind, subject, number, line)
values (?, ?, ?, 0)
on conflict (kind, subject, number) do nothing
