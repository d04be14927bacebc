insert into exclusions (concern_id, member_id, excluded_at)
values (?, ?, ?)
on conflict (concern_id, member_id) do nothing
