-- What search= looks through: a resource's texts in lower case, its name first, so that lists are sorted by name with it.
-- Null: the row was written before, and is filled in at the start of the server.
alter table chargestations add column search text;
alter table users add column search text;
alter table tokens add column search text;
alter table locations add column search text;
alter table rates add column search text;
create index chargestations_search on chargestations (organization, search, created_at, id);
create index users_search on users (organization, search, created_at, id);
create index tokens_search on tokens (organization, search, created_at, id);
create index chargestations_unsought on chargestations (id) where search is null;
create index users_unsought on users (id) where search is null;
create index tokens_unsought on tokens (id) where search is null;
create index locations_unsought on locations (id) where search is null;
create index rates_unsought on rates (id) where search is null;
