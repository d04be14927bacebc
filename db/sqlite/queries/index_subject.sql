insert into ledger_subjects (subject, leaf_index)
select ?1, ?2
where not exists (select 1 from ledger_subjects where subject = ?1 and leaf_index = ?2)
