-- The ledger only grows: no row of these tables is ever changed or removed, and a row that would take the place of another
-- (`insert or replace` deletes without a delete trigger) is refused as well.

-- Every act, as the bytes that were hashed. Read by auditors; what is personal in it is sealed. Kept for ever.
create table ledger_leaves (
    leaf_index integer primary key check (leaf_index >= 0),
    leaf blob not null
) strict;
create trigger ledger_leaves_follow_one_another before insert on ledger_leaves
when new.leaf_index <> (select coalesce(max(leaf_index) + 1, 0) from ledger_leaves)
begin select raise(abort, 'the ledger only grows'); end;
create trigger ledger_leaves_stay before update on ledger_leaves
begin select raise(abort, 'the ledger only grows'); end;
create trigger ledger_leaves_remain before delete on ledger_leaves
begin select raise(abort, 'the ledger only grows'); end;

-- Hashes of the tree's full subtrees. Public. Kept for ever.
create table ledger_nodes (
    level integer not null check (level between 0 and 63),
    node_index integer not null check (node_index >= 0),
    hash blob not null check (length(hash) = 32),
    primary key (level, node_index)
) strict, without rowid;
create trigger ledger_nodes_once before insert on ledger_nodes
when exists (select 1 from ledger_nodes where level = new.level and node_index = new.node_index)
begin select raise(abort, 'the ledger only grows'); end;
create trigger ledger_nodes_stay before update on ledger_nodes
begin select raise(abort, 'the ledger only grows'); end;
create trigger ledger_nodes_remain before delete on ledger_nodes
begin select raise(abort, 'the ledger only grows'); end;

-- Signed tree heads. Public. Kept for ever.
create table ledger_checkpoints (
    size integer primary key check (size >= 0),
    note text not null
) strict;
create trigger ledger_checkpoints_once before insert on ledger_checkpoints
when exists (select 1 from ledger_checkpoints where size = new.size)
begin select raise(abort, 'the ledger only grows'); end;
create trigger ledger_checkpoints_stay before update on ledger_checkpoints
begin select raise(abort, 'the ledger only grows'); end;
create trigger ledger_checkpoints_remain before delete on ledger_checkpoints
begin select raise(abort, 'the ledger only grows'); end;

-- Which leaves speak of which concern or other subject. Read by auditors and the staff of the concern. Kept for ever; the
-- subject is a random id.
create table ledger_subjects (
    subject text not null,
    leaf_index integer not null references ledger_leaves (leaf_index),
    primary key (subject, leaf_index)
) strict, without rowid;
create trigger ledger_subjects_once before insert on ledger_subjects
when exists (select 1 from ledger_subjects where subject = new.subject and leaf_index = new.leaf_index)
begin select raise(abort, 'the ledger only grows'); end;
create trigger ledger_subjects_stay before update on ledger_subjects
begin select raise(abort, 'the ledger only grows'); end;
create trigger ledger_subjects_remain before delete on ledger_subjects
begin select raise(abort, 'the ledger only grows'); end;
