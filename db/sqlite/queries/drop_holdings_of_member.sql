delete from holdings
where member_id = ?
