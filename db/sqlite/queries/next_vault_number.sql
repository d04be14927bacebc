select coalesce(max(number) + 1, 0)
from vault_rows
where concern_id = ?
