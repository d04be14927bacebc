select kind, front_door_id, generation, public_half, sealed_to_custody, sealed_before
from role_keys
where kind = ? and front_door_id is ?
order by generation desc
limit 1
