select attachment_id, concern_id, vault_number, original_file, sealed_original, kind, copy_state, sealed_waiting,
       waiting_epoch, copy_file, sealed_copy
from attachments
where copy_state = 'waiting'
order by attachment_row
