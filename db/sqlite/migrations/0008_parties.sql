-- The register of stakeholders, guardians, services and organisations. Read by administrators, managers and custodians.
-- All of a party lies in one sealed value under the partnership's papers; nothing here names a concern, and the order of
-- the rows says nothing of when somebody came.
create table parties (
    party_id blob not null primary key check (length(party_id) = 16),
    sealed_party blob not null
) strict, without rowid;
