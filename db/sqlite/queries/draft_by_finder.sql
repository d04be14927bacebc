select sealed_draft
from drafts
where finder = ? and expires_at > ?
