insert into invitations (finder, front_door_id, roles, sealed_name, sealed_email, mark_email, expires_at)
values (?, ?, ?, ?, ?, ?, ?)
