insert into return_codes (finder, sealed_concern)
values (?, ?)
