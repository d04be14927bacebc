-- Front doors: where a worry is told. Public. Kept for ever, since the ledger names them.
create table front_doors (
    front_door_row integer primary key,
    front_door_id blob not null unique check (length(front_door_id) = 16),
    slug text not null unique check (slug <> ''),
    pack text not null,
    is_open integer not null check (is_open in (0, 1))
) strict;

-- What the partnership decided where its protocol is silent. Public. The decision in force; earlier ones are on the
-- ledger.
create table local_terms (
    local_term_row integer primary key,
    front_door_id blob not null references front_doors (front_door_id),
    term text not null check (term <> ''),
    text text not null,
    decider text not null,
    decided_on text not null check (decided_on is date(decided_on)),
    unique (front_door_id, term)
) strict;

-- People who work here. Read by the sign-in, by administrators and, for names, by colleagues. Kept while the ledger names
-- them; a name goes with the key it is sealed under. No front door means the whole partnership. Nothing here changes
-- because somebody signed in, failed to, or told a worry.
create table members (
    member_row integer primary key,
    member_id blob not null unique check (length(member_id) = 16),
    front_door_id blob references front_doors (front_door_id),
    roles text not null,
    shut_out integer not null check (shut_out in (0, 1)),
    sealed_name blob not null,
    sealed_email blob not null,
    mark_email blob not null unique check (length(mark_email) = 32),
    salt blob not null check (length(salt) = 16),
    verifier blob not null check (length(verifier) = 32),
    sealed_code_secret blob not null,
    public_key blob not null check (length(public_key) = 32),
    signing_key blob not null check (length(signing_key) = 32),
    sealed_private blob not null,
    sealed_private_recovery blob not null,
    recovery_salt blob not null check (length(recovery_salt) = 16)
) strict;

-- Invitations to become a member. Read by whoever holds the secret in the address. Kept until accepted or withdrawn; past
-- `expires_at` they answer nobody.
create table invitations (
    invitation_row integer primary key,
    finder blob not null unique check (length(finder) = 32),
    front_door_id blob references front_doors (front_door_id),
    roles text not null,
    sealed_name blob not null,
    sealed_email blob not null,
    mark_email blob not null check (length(mark_email) = 32),
    expires_at integer not null
) strict;

-- The duty rota: who decides at each hour. Read by the staff of that front door. Shifts that have ended are kept with the
-- ledger, which names who was on duty; those to come are replaced whenever the rota is.
create table shifts (
    shift_row integer primary key,
    front_door_id blob not null references front_doors (front_door_id),
    member_id blob not null references members (member_id),
    seat text not null check (seat in ('manager', 'custodian')),
    from_at integer not null,
    until_at integer not null check (until_at > from_at)
) strict;
create index shifts_of_front_doors on shifts (front_door_id, until_at);
