select v.concern_id, v.number, v.sealed_contact, v.wrap_custody, v.wrap_duty, v.wrap_taker, v.epoch_day, v.custody_generation,
       v.duty_generation, v.brings
from vault_rows v
join concerns c on c.concern_id = v.concern_id
where c.front_door_id = ? and length(v.wrap_duty) > 0
order by v.vault_row
