insert into ledger_nodes (level, node_index, hash)
select ?1, ?2, ?3
where not exists (select 1 from ledger_nodes where level = ?1 and node_index = ?2)
