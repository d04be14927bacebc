select sealed_half
from holdings
where kind = ? and front_door_id is ? and generation = ? and member_id = ?
