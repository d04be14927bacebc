select messages.concern_id, max(sent_at)
from messages
join concerns on concerns.concern_id = messages.concern_id
where messages.side = 'reporter' and sent_at >= ?2 and front_door_id = ?1 and sent_at >= answered_at
group by messages.concern_id
order by max(sent_at), messages.concern_id
