insert into drafts (finder, sealed_draft, expires_at)
values (?, ?, ?)
on conflict (finder) do update set sealed_draft = excluded.sealed_draft, expires_at = excluded.expires_at
