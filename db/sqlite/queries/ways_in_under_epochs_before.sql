select concern_id, number, sealed_contact, wrap_custody, wrap_duty, wrap_taker, epoch_day, custody_generation,
       duty_generation, brings
from vault_rows
where length(wrap_duty) > 0 and epoch_day < ?
order by epoch_day, vault_row
