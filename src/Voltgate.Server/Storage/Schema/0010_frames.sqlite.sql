-- The frame log tells more of each frame. A frame of before has none of it.
-- kind: CALLRESULT, CALLERROR, INVALID, SILENCE; null: a CALL, or an answer without a message id of before.
-- answer: what the station's CALL was answered with; null: {}. verdict: soft, hard; null: accepted. reasons: a line each.
-- took: microseconds to the answer. prior_took: the same of the station's CALL that was kept before this one, since an
-- answer goes out after the commit. times, until_at: so many alike in one row, from at to until_at.
alter table messages add column kind text;
alter table messages add column answer text;
alter table messages add column verdict text;
alter table messages add column reasons text;
alter table messages add column took bigint;
alter table messages add column prior_took bigint;
alter table messages add column times bigint;
alter table messages add column until_at bigint;

-- Up to which place that chore has come.
alter table chores add column place bigint not null default 0;
insert into chores (name, due_at) values ('messages', 0);

-- A message that is removed leaves its index (ADR 0010), too.
create trigger messages_removed after delete on messages begin
  delete from message_index
  where chargestation = old.chargestation and at = old.at and seq = old.seq and place = old.place;
end;
