delete from receipts
where expires_at <= ?
