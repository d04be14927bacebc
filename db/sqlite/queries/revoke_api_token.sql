update api_tokens
set revoked = 1
where api_token_id = ?
