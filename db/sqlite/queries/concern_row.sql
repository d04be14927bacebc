select concern_row
from concerns
where concern_id = ?
