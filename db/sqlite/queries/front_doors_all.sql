select front_door_id, slug, pack, is_open
from front_doors
order by slug
