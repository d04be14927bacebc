insert into parties (party_id, sealed_party)
values (?, ?)
