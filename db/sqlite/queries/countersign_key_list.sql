update key_lists
set countersignature = ?2
where number = ?1 and countersignature is null
