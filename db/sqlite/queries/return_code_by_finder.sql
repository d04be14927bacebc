select sealed_concern
from return_codes
where finder = ?
