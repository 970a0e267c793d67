-- Places that are kept for somebody. due_at: null where nothing is left to do. holder: the driver, else the token;
-- who has an open one makes no second one.
create table reservations (
  id text primary key, organization text not null, chargestation text not null, connector text, driver text,
  token text not null, holder text not null, number bigint not null, status text not null, due_at bigint,
  created_at bigint not null, updated_at bigint not null, body text not null);
create index reservations_list on reservations (organization, created_at, id);
create index reservations_due on reservations (due_at) where due_at is not null;
create unique index reservations_number on reservations (chargestation, number);
create unique index reservations_one on reservations (organization, holder) where status in ('pending', 'active');
create index reservations_driver on reservations (driver);

-- The tokens that a station takes by itself: what it is to hold, and what it has confirmed.
create table local_lists (
  chargestation text primary key, organization text not null, updated_at bigint not null, body text not null);
create index local_lists_of on local_lists (organization);
