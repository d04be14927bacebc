select concern_id, way, received_at, typed_by, sealed_account
from written_forms
where concern_id = ?
