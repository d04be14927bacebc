update gone
set line = 0
where line > 0
