-- Work that one process at a time does. due_at is also the lease: who works moves it ahead, in each commit of that work.
create table chores (name text primary key, due_at bigint not null);
insert into chores (name, due_at) values ('retention', 0);
