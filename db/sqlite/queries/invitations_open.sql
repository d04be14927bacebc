select finder, front_door_id, roles, sealed_name, sealed_email, mark_email, expires_at
from invitations
where expires_at > ?
order by expires_at, invitation_row
