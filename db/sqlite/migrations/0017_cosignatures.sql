-- That another agency's witness saw the ledger at a size, and that it continued what the witness had seen before. `witness` is its
-- public key, `line` its line below the checkpoint (C2SP tlog-cosignature). Public. Kept for ever, like the rest of the ledger.
create table ledger_cosignatures (
    size integer not null references ledger_checkpoints (size),
    witness text not null,
    witnessed_at integer not null,
    line text not null,
    primary key (size, witness, witnessed_at)
) strict, without rowid;
create trigger ledger_cosignatures_once before insert on ledger_cosignatures
when exists (select 1 from ledger_cosignatures where size = new.size and witness = new.witness and witnessed_at = new.witnessed_at)
begin select raise(abort, 'the ledger only grows'); end;
create trigger ledger_cosignatures_stay before update on ledger_cosignatures
begin select raise(abort, 'the ledger only grows'); end;
create trigger ledger_cosignatures_remain before delete on ledger_cosignatures
begin select raise(abort, 'the ledger only grows'); end;
