select party_id, sealed_party
from parties
where party_id = ?
