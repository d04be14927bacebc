-- The written form that follows a call, at most one of a concern. Written by whoever holds the return code, or typed in
-- from paper by staff; read by the staff of the concern. Kept as long as it. `typed_by` is never who told.
create table written_forms (
    concern_id blob not null primary key references concerns (concern_id),
    way text not null check (way in ('by_code', 'typed_in')),
    received_at integer not null,
    typed_by blob references members (member_id),
    sealed_account blob not null,
    check ((way = 'typed_in') = (typed_by is not null))
) strict, without rowid;
create index forms_received on written_forms (received_at);

-- Each step of telling another area's front door, or the designated officer: owed, told, written, confirmed, ended. Never
-- changed. Read by the staff of the concern. Kept as long as it.
create table onward_steps (
    onward_row integer primary key,
    concern_id blob not null references concerns (concern_id),
    whom text not null check (whom in ('another_area', 'designated_officer')),
    step text not null check (step in ('owed', 'told', 'written', 'confirmed', 'ended')),
    stepped_at integer not null,
    stepped_by blob references members (member_id),
    sealed_text blob not null
) strict;
create index onward_of_concerns on onward_steps (concern_id, stepped_at);
create index onward_owed on onward_steps (concern_id, whom) where step = 'owed';
create index onward_ended on onward_steps (concern_id, whom) where step = 'ended';
