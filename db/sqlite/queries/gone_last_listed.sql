select line, kind, subject, number
from gone
where line > 0
order by line desc
limit 1
