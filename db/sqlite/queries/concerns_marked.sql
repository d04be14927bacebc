select concerns.concern_id
from concern_marks
join concerns on concerns.concern_row = concern_marks.concern_row
where concern_marks.mark_told = ?2 and concerns.front_door_id = ?1
order by concerns.received_at desc, concerns.concern_row desc
