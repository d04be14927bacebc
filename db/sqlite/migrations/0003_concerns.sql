-- The key of each record file, sealed under the master key of a generation. Read by the server alone. Deleting the row is
-- the erasure of the record: nothing sealed under its key opens again, here or in any copy.
create table record_keys (
    record_key_row integer primary key,
    record_id blob not null unique check (length(record_id) = 16),
    key_generation integer not null check (key_generation >= 0),
    sealed_key blob not null
) strict;
create index record_keys_of_generations on record_keys (key_generation);

-- Concerns: what was told, and how far it has come. Read by the staff of its front door who are not excluded, and by call
-- takers while the call lasts. Kept until its record key is destroyed. Nothing here says who told it: staff stand in
-- `taken_by`, `with_member` and `decided_by`, and nobody else does.
create table concerns (
    concern_row integer primary key,
    concern_id blob not null unique check (length(concern_id) = 16),
    front_door_id blob not null references front_doors (front_door_id),
    reference text not null unique check (reference <> ''),
    subject text not null check (subject in ('child', 'family', 'group', 'place')),
    channel text not null check (channel in ('online', 'telephone')),
    pack text not null,
    stage text not null check (stage in ('on_call', 'waiting', 'decided')),
    danger text not null check (danger in ('none', 'by_reporter', 'by_call_taker', 'by_manager')),
    incomplete integer not null check (incomplete in (0, 1)),
    way_in_missing integer not null check (way_in_missing in (0, 1)),
    received_at integer not null,
    reply_due_at integer,
    handed_over_at integer,
    taken_by blob references members (member_id),
    with_member blob references members (member_id),
    more_asked_at integer,
    decide_anyway_at integer,
    outcome text check (outcome in ('act', 'no_action')),
    actions text not null check (outcome is not null or actions = ''),
    decided_by blob references members (member_id),
    decided_at integer,
    answered_at integer,
    answered_by text check (answered_by in ('reply_placed', 'ring_back', 'impossible')),
    written_form text not null check (written_form in ('not_owed', 'awaited', 'received')),
    form_due_at integer,
    revision integer not null check (revision >= 0),
    sealed_account blob not null,
    sealed_source blob,
    last_typed_at integer not null,
    naming_person integer not null check (naming_person >= 0),
    naming_organisation integer not null check (naming_organisation >= 0)
) strict;
create index concerns_open on concerns (front_door_id, received_at)
    where stage <> 'decided' or answered_at is null or written_form = 'awaited';
create index concerns_answered on concerns (front_door_id, answered_at) where answered_at is not null;
create index concerns_on_call on concerns (last_typed_at) where stage = 'on_call';

-- What staff wrote down about a concern: decisions, questions, ring-backs, corrections. Read by whoever may read the
-- concern. Kept as long as it.
create table notes (
    note_row integer primary key,
    concern_id blob not null references concerns (concern_id),
    kind text not null check (kind in ('decision', 'question', 'step_back', 'danger', 'ring_back', 'correction',
                                       'quarantine', 'motive', 'late_reply')),
    noted_at integer not null,
    noted_by blob references members (member_id),
    word text not null,
    sealed_text blob not null
) strict;
create index notes_of_concerns on notes (concern_id, noted_at);

-- Members who must not see a concern, or have stepped back from it. Read by the gate. Kept as long as the concern.
create table exclusions (
    concern_id blob not null references concerns (concern_id),
    member_id blob not null references members (member_id),
    excluded_at integer not null,
    primary key (concern_id, member_id)
) strict, without rowid;

-- Blind marks of names, nicknames and places, by which concerns are found that may speak of the same child. Read by the
-- server alone, and of no use without the key of marks. Kept as long as the concern.
create table concern_marks (
    concern_id blob not null references concerns (concern_id),
    kind text not null check (kind <> ''),
    mark_told blob not null check (length(mark_told) = 32),
    primary key (kind, mark_told, concern_id)
) strict, without rowid;
create index marks_of_concerns on concern_marks (concern_id);
