-- What a session that is over came to, for sums over many: energy in mWh, amount in millionths of its currency.
-- amount and currency are null where it had no rate; all three while it is open.
alter table sessions add column energy bigint;
alter table sessions add column amount bigint;
alter table sessions add column currency text;
update sessions set
  energy = coalesce((select json_extract(state, '$.Consumed.MilliWh') from session_states where session = id), 0),
  currency = (select json_extract(v.plan, '$.Currency') from rate_versions v
    where v.rate = sessions.rate and v.version = sessions.rate_version)
  where status = 'Ended';
update sessions set
  amount = coalesce((select json_extract(state, '$.CostMicros') from session_states where session = id), 0)
  where currency is not null;
create index sessions_over on sessions (organization, ended_at, currency, energy, amount) where ended_at is not null;
