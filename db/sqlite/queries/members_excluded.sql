select member_id
from exclusions
where concern_id = ?
order by excluded_at, member_id
