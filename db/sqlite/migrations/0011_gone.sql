-- What is gone for good: ways in that were closed, wraps and halves that were deleted, epoch keys that were destroyed. Read by
-- the server alone, which copies each to the list outside the store; `line` is its line there, and 0 until it has one. Kept for
-- ever, so that a store that was put back says how much of the list it knew. `subject` is a random id in hex.
create table gone (
    gone_row integer primary key,
    kind text not null,
    subject text not null,
    number integer not null,
    line integer not null check (line >= 0),
    unique (kind, subject, number)
) strict;
create index gone_unlisted on gone (gone_row) where line = 0;
create index gone_by_line on gone (line);

-- What was gone before there was a list.
insert into gone (kind, subject, number, line)
select 'way_in', lower(hex(concern_id)), 0, 0 from vault_rows group by concern_id having max(length(wrap_duty)) = 0;
insert into gone (kind, subject, number, line)
select 'member', lower(hex(member_id)), 0, 0 from members where shut_out = 1;

-- A role key of a later generation opens the one before, so that what was sealed to that need not be sealed again.
alter table role_keys add column sealed_before blob not null default x'';
