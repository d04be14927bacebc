-- Tokens by which other organisations' software sends worries or reads the queue of one front door. Made and revoked by
-- administrators; read by the server at each use. Of the token itself only a finder is here; which system of which
-- organisation it is lies sealed under the partnership's papers. Nothing counts or times its use, and no row of a concern
-- names it. Kept for ever, since the ledger names them.
create table api_tokens (
    api_token_id blob not null primary key check (length(api_token_id) = 16),
    finder blob not null unique check (length(finder) = 32),
    front_door_id blob not null references front_doors (front_door_id),
    scopes text not null check (scopes <> ''),
    sealed_label blob not null,
    expires_at integer not null,
    revoked integer not null check (revoked in (0, 1))
) strict, without rowid;
create index api_tokens_of_front_doors on api_tokens (front_door_id);
