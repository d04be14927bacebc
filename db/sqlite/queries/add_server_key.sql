insert into server_keys (name, sealed_key)
values (?, ?)
