insert into vault_rows (concern_id, number, sealed_contact, wrap_custody, wrap_duty, wrap_taker, epoch_day, custody_generation,
    duty_generation, brings)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
