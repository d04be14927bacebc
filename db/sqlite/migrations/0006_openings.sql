-- Requests to open a reporter's contact afterwards, and what became of them. Read by custodians, the second person asked
-- and auditors. Kept as long as the concern, and their leaves on the ledger for ever.
create table openings (
    opening_row integer primary key,
    opening_id blob not null unique check (length(opening_id) = 16),
    concern_id blob not null references concerns (concern_id),
    asked_by blob not null references members (member_id),
    purpose text not null,
    sealed_reason blob not null,
    asked_at integer not null,
    state text not null check (state in ('asked', 'agreed', 'refused', 'opened')),
    second_member blob references members (member_id),
    decided_at integer,
    opened_at integer,
    emergency integer not null check (emergency in (0, 1))
) strict;
