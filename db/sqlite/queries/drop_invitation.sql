delete from invitations
where finder = ?
