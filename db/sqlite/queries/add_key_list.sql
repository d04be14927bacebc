insert into key_lists (number, text, signature, countersignature)
values (?, ?, ?, ?)
