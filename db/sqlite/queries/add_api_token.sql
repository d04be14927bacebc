insert into api_tokens (api_token_id, finder, front_door_id, scopes, sealed_label, expires_at, revoked)
values (?, ?, ?, ?, ?, ?, ?)
