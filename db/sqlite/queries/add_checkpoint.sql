insert into ledger_checkpoints (size, note)
select ?1, ?2
where not exists (select 1 from ledger_checkpoints where size = ?1)
