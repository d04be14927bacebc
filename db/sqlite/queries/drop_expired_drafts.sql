delete from drafts
where expires_at <= ?
