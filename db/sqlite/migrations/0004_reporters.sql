-- The reporters' vault: who told, sealed so that this server at rest cannot open it. Opened by a manager while the way in
-- is open and by custodians afterwards, each time on the ledger. A correction is a new row; the newest holds. Kept as long
-- as the concern; `wrap_duty` is emptied when the way in closes, `wrap_taker` at hand-over. No account stands here.
create table vault_rows (
    vault_row integer primary key,
    concern_id blob not null references concerns (concern_id),
    number integer not null check (number >= 0),
    sealed_contact blob not null,
    wrap_custody blob not null,
    wrap_duty blob not null,
    wrap_taker blob not null,
    epoch_day integer not null,
    custody_generation integer not null check (custody_generation >= 0),
    duty_generation integer not null check (duty_generation >= 0),
    unique (concern_id, number)
) strict;
create index vault_rows_with_a_way_in on vault_rows (epoch_day) where length(wrap_duty) > 0;

-- Return codes: only who has the code finds the row, and only the code opens what it leads to. Without a rowid and
-- without any time, so that neither order nor instant ties a code to a concern. Kept as long as the concern's thread.
create table return_codes (
    finder blob primary key check (length(finder) = 32),
    sealed_concern blob not null
) strict, without rowid;

-- What reporter and front door say to each other. Read by whoever holds the return code and by the staff of the concern.
-- Kept as long as the concern.
create table messages (
    message_row integer primary key,
    message_id blob not null unique check (length(message_id) = 16),
    concern_id blob not null references concerns (concern_id),
    side text not null check (side in ('reporter', 'front_door')),
    kind text not null check (kind in ('reply', 'question', 'addition')),
    sent_at integer not null,
    sealed_text blob not null
) strict;
create index messages_of_concerns on messages (concern_id, sent_at);

-- Forms begun and not yet sent. Read by the browser that holds the secret. Kept until sent or until `expires_at`, which is
-- a full hour, so that it does not tell when somebody typed.
create table drafts (
    draft_row integer primary key,
    finder blob not null unique check (length(finder) = 32),
    sealed_draft blob not null,
    expires_at integer not null check (expires_at % 3600000 = 0)
) strict;
create index drafts_expired on drafts (expires_at);

-- What was answered to a form, for when the same form comes twice. Read by the browser that sent it. Kept until
-- `expires_at`, a full hour, for the same reason.
create table receipts (
    finder blob primary key check (length(finder) = 32),
    sealed_receipt blob not null,
    expires_at integer not null check (expires_at % 3600000 = 0)
) strict, without rowid;
create index receipts_expired on receipts (expires_at);
