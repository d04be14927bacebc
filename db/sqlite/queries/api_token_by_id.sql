select api_token_id, finder, front_door_id, scopes, sealed_label, expires_at, revoked
from api_tokens
where api_token_id = ?
