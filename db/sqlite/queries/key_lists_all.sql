select number, text, signature, countersignature
from key_lists
order by number
