select sealed_key
from server_keys
where name = ?
