select member_id, seat, from_at, until_at
from shifts
where front_door_id = ?1 and until_at > ?2 and from_at < ?3
order by from_at, shift_row
