select term, text, decider, decided_on
from local_terms
where front_door_id = ?
order by term
