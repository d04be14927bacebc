update concerns
set front_door_id = ?2, reference = ?3, subject = ?4, channel = ?5, pack = ?6, stage = ?7, danger = ?8,
    incomplete = ?9, way_in_missing = ?10, received_at = ?11, reply_due_at = ?12, handed_over_at = ?13,
    taken_by = ?14, with_member = ?15, more_asked_at = ?16, decide_anyway_at = ?17, outcome = ?18,
    actions = ?19, decided_by = ?20, decided_at = ?21, answered_at = ?22, answered_by = ?23,
    written_form = ?24, form_due_at = ?25, revision = ?26
where concern_id = ?1 and revision = ?26 - 1
