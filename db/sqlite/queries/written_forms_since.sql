select written_forms.concern_id, way, written_forms.received_at, typed_by, written_forms.sealed_account
from written_forms
join concerns on concerns.concern_id = written_forms.concern_id
where concerns.front_door_id = ?1 and written_forms.received_at >= ?2
order by written_forms.received_at, concerns.concern_row
