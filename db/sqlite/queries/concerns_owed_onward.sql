select concern_id
from concerns
where front_door_id = ?1
  and concern_id in (
      select owed.concern_id
      from onward_steps as owed
      where owed.step = 'owed' and not exists (
          select 1
          from onward_steps as ended
          where ended.step = 'ended' and ended.concern_id = owed.concern_id and ended.whom = owed.whom
            and ended.onward_row > owed.onward_row))
order by received_at, concern_row
