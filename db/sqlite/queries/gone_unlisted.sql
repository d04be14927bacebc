select line, kind, subject, number
from gone
where line = 0
order by gone_row
