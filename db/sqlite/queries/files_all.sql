select file_id
from draft_files
union all
select original_file
from attachments
union all
select copy_file
from attachments
where copy_file is not null
