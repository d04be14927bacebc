insert into receipts (finder, sealed_receipt, expires_at)
values (?, ?, ?)
