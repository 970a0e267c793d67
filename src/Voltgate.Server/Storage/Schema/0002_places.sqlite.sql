-- Messages and events by their station (ADR 0010). In an index each station appends at a spot of its own, so that nearly
-- every row would cost a page of it, more than all else that a row costs. Here the writer fills the two indexes later, in
-- sorted batches (SqliteLateIndexes), and the views add the newest rows, which are not in them yet.
create table message_index (
  chargestation text not null, at bigint not null, seq bigint not null, place integer not null,
  primary key (chargestation, at, seq, place)) without rowid;
create table event_index (
  stream text not null, seq bigint not null, place integer not null,
  primary key (stream, seq, place)) without rowid;

-- Up to which place each of them is filled.
create table late_indexes (name text primary key, filled integer not null) without rowid;
insert into late_indexes (name, filled) values ('messages', 0), ('events', 0);

create view message_places as
  select chargestation, at, seq, place from message_index
  union all
  select chargestation, at, seq, place from messages
  where place > (select filled from late_indexes where name = 'messages');
create view event_places as
  select stream, seq, place from event_index
  union all
  select stream, seq, place from events where place > (select filled from late_indexes where name = 'events');
