-- Work that one process at a time does. due_at is also the lease: who works moves it ahead, in each commit of that work.
create table chores (name text primary key, due_at bigint not null) without rowid;
insert into chores (name, due_at) values ('retention', 0);

-- An event that is removed leaves its index (ADR 0010), too.
create trigger events_removed after delete on events begin
  delete from event_index where stream = old.stream and seq = old.seq and place = old.place;
end;
