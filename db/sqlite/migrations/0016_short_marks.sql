-- Blind marks of names, nicknames, places and words, by which concerns are found that may speak of the same child, anew
-- and small: what kind of mark it is is part of the mark, which is the first eight bytes of what it was. A report has
-- some seventy of them, and they were most of what its commit wrote. Read by the server alone, and of no use without
-- the key of marks. Kept as long as the concern.
create table short_marks (
    mark_told blob not null check (length(mark_told) = 8),
    concern_row integer not null references concerns (concern_row),
    primary key (mark_told, concern_row)
) strict, without rowid;
insert into short_marks
select distinct substr(concern_marks.mark_told, 1, 8), concerns.concern_row
from concern_marks
join concerns on concerns.concern_id = concern_marks.concern_id
order by 1, 2;
drop table concern_marks;
alter table short_marks rename to concern_marks;
create index marks_of_concerns on concern_marks (concern_row);
