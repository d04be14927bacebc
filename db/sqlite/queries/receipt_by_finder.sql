select sealed_receipt
from receipts
where finder = ?
