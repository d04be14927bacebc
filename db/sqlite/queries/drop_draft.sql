delete from drafts
where finder = ?
