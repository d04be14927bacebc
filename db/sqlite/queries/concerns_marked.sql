select concern_marks.concern_id
from concern_marks
join concerns on concerns.concern_id = concern_marks.concern_id
where concerns.front_door_id = ?1 and concern_marks.kind = ?2 and concern_marks.mark_told = ?3
order by concerns.received_at desc, concerns.concern_row desc
