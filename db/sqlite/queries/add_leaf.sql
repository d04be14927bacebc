insert into ledger_leaves (leaf_index, leaf)
values (?, ?)
