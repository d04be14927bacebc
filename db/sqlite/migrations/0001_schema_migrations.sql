-- Which of these files have been applied. Read by the program at start; holds nothing personal; kept for ever.
create table schema_migrations (
    number integer primary key,
    name text not null,
    digest blob not null check (length(digest) = 32),
    applied_at integer not null
) strict;
