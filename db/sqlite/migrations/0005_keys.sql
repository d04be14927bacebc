-- Keys of the server itself (marks, signer, the partnership's record file), sealed under the master key. Read by the
-- server alone. Kept for ever.
create table server_keys (
    name text primary key check (name <> ''),
    sealed_key blob not null
) strict, without rowid;

-- The key pairs of custody (one a partnership) and duty (one a front door), by generation. The public halves are public;
-- a duty key's private half is sealed to custody. Kept for ever, since older wraps name their generation.
create table role_keys (
    role_key_row integer primary key,
    kind text not null check (kind in ('custody', 'duty')),
    front_door_id blob references front_doors (front_door_id),
    generation integer not null check (generation >= 0),
    public_half blob not null check (length(public_half) = 32),
    sealed_to_custody blob not null,
    check ((kind = 'custody') = (front_door_id is null))
) strict;
create unique index role_keys_custody on role_keys (generation) where kind = 'custody';
create unique index role_keys_duty on role_keys (front_door_id, generation) where kind = 'duty';

-- The private half of a role key, sealed to each member who holds it. Opened by that member alone. Deleted at once when the
-- member leaves.
create table holdings (
    holding_row integer primary key,
    kind text not null check (kind in ('custody', 'duty')),
    front_door_id blob references front_doors (front_door_id),
    generation integer not null check (generation >= 0),
    member_id blob not null references members (member_id),
    sealed_half blob not null,
    check ((kind = 'custody') = (front_door_id is null))
) strict;
create unique index holdings_custody on holdings (member_id, generation) where kind = 'custody';
create unique index holdings_duty on holdings (member_id, front_door_id, generation) where kind = 'duty';
create index holdings_of_members on holdings (member_id);

-- The numbered, signed lists of all public keys. Public. Kept for ever.
create table key_lists (
    number integer primary key check (number >= 0),
    text text not null,
    signature blob not null check (length(signature) = 64),
    countersignature blob check (length(countersignature) = 64)
) strict;
