select concern_id, whom, step, stepped_at, stepped_by, sealed_text
from onward_steps
where concern_id = ?
order by stepped_at, onward_row
