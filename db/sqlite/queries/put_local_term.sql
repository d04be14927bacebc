insert into local_terms (front_door_id, term, text, decider, decided_on)
values (?, ?, ?, ?, ?)
on conflict (front_door_id, term)
    do update set text = excluded.text, decider = excluded.decider, decided_on = excluded.decided_on
