update attachments
set copy_state = ?2, sealed_waiting = ?3, waiting_epoch = ?4, copy_file = ?5, sealed_copy = ?6
where attachment_id = ?1
