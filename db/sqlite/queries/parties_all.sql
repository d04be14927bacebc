select party_id, sealed_party
from parties
order by party_id
