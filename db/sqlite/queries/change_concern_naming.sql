update concerns
set naming_person = ?2, naming_organisation = ?3
where concern_id = ?1
