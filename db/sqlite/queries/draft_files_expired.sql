select file_id
from draft_files
where expires_at <= ?
order by file_id
