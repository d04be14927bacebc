select concern_id, number, sealed_contact, wrap_custody, wrap_duty, wrap_taker, epoch_day, custody_generation,
       duty_generation, brings
from vault_rows
where concern_id = ? and brings = 'contact'
order by number desc
limit 1
