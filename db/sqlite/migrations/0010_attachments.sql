-- Sealed files of forms begun and not yet sent, without saying whose: the draft itself names them, and is sealed. Read by
-- the server alone. Kept until sent, taken away, or `expires_at`, a full hour like the drafts'.
create table draft_files (
    file_id blob primary key check (length(file_id) = 16),
    expires_at integer not null check (expires_at % 3600000 = 0)
) strict, without rowid;
create index draft_files_expired on draft_files (expires_at);

-- Pictures and documents of concerns. The original with its name and metadata opens only with the vault row of that number
-- (`sealed_original`); staff of the concern look at the copy, which is made of pixels alone. `sealed_waiting` is empty once
-- the copy is made or cannot be. Kept as long as the concern.
create table attachments (
    attachment_row integer primary key,
    attachment_id blob not null unique check (length(attachment_id) = 16),
    concern_id blob not null references concerns (concern_id),
    vault_number integer not null check (vault_number >= 0),
    original_file blob not null unique check (length(original_file) = 16),
    sealed_original blob not null,
    kind text not null check (kind in ('jpeg', 'png', 'webp', 'heif', 'pdf', 'text')),
    copy_state text not null check (copy_state in ('waiting', 'shown', 'not_shown', 'quarantined')),
    sealed_waiting blob not null check (copy_state = 'waiting' or length(sealed_waiting) = 0),
    waiting_epoch integer not null,
    copy_file blob unique check (length(copy_file) = 16),
    sealed_copy blob not null,
    check ((copy_state = 'shown') = (copy_file is not null))
) strict;
create index attachments_of_concerns on attachments (concern_id);
create index attachments_waiting on attachments (attachment_row) where copy_state = 'waiting';
