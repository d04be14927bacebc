select concern_id, front_door_id, reference, subject, channel, pack, stage, danger, incomplete, way_in_missing,
       received_at, reply_due_at, handed_over_at, taken_by, with_member, more_asked_at, decide_anyway_at,
       outcome, actions, decided_by, decided_at, answered_at, answered_by, written_form, form_due_at, revision,
       sealed_account, sealed_source, last_typed_at, naming_person, naming_organisation, sealed_key,
       key_generation
from concerns
join record_keys on record_id = concern_id
where reference = ?
