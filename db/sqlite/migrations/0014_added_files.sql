-- Files that a reporter adds when they come back: a vault row that brings a key for them and no contact, and a message
-- that says how many came. A check cannot be changed in place: the table of messages is made anew with the same rows in the
-- same order.
alter table vault_rows add column brings text not null default 'contact' check (brings in ('contact', 'files'));

create table messages_of_more_kinds (
    message_row integer primary key,
    message_id blob not null unique check (length(message_id) = 16),
    concern_id blob not null references concerns (concern_id),
    side text not null check (side in ('reporter', 'front_door')),
    kind text not null check (kind in ('reply', 'question', 'addition', 'files')),
    sent_at integer not null,
    sealed_text blob not null
) strict;
insert into messages_of_more_kinds select * from messages order by message_row;
drop table messages;
alter table messages_of_more_kinds rename to messages;
create index messages_of_concerns on messages (concern_id, sent_at);
