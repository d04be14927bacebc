-- Notes of two more kinds: that two worries have the same source or not, and whom a reporter's words mean who must not
-- see it. A check cannot be changed in place: the table is made anew with the same rows in the same order.
create table notes_of_more_kinds (
    note_row integer primary key,
    concern_id blob not null references concerns (concern_id),
    kind text not null check (kind in ('decision', 'question', 'step_back', 'danger', 'ring_back', 'correction',
                                       'quarantine', 'motive', 'late_reply', 'same_source', 'must_not_see')),
    noted_at integer not null,
    noted_by blob references members (member_id),
    word text not null,
    sealed_text blob not null
) strict;
insert into notes_of_more_kinds select * from notes order by note_row;
drop table notes;
alter table notes_of_more_kinds rename to notes;
create index notes_of_concerns on notes (concern_id, noted_at);
