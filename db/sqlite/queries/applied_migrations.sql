select number, name, applied_at
from schema_migrations
order by number
