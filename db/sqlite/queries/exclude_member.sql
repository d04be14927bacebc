insert into exclusions (concern_id, member_id, excluded_at)
values (?, ?, ?)
