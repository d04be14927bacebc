insert into shifts (front_door_id, member_id, seat, from_at, until_at)
values (?, ?, ?, ?, ?)
