insert into ledger_cosignatures (size, witness, witnessed_at, line)
select ?1, ?2, ?3, ?4
where not exists (select 1 from ledger_cosignatures where size = ?1 and witness = ?2 and witnessed_at = ?3)
