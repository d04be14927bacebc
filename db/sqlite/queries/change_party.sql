update parties
set sealed_party = ?2
where party_id = ?1
