-- House SQL: text, bigint and boolean only; time is unix ms, money millionths, energy milli-Wh; one JSON body a row.
-- /*clustered*/ lets SQLite store the rows in key order; PostgreSQL ignores it.
-- /*place*/ is where a row lies: given by the database in the order of arrival, and meaning nothing else.

create table keyring (name text primary key, value text not null, created_at bigint not null);

-- organization: its own id, so that it is read and written like every other resource of the tenant.
create table organizations (
  id text primary key, organization text not null, name text not null, root boolean not null default false,
  version bigint not null,
  created_at bigint not null, updated_at bigint not null, body text not null);

create table operators (
  id text primary key, organization text not null, email text not null unique, role text not null,
  password_hash text not null, active boolean not null, version bigint not null,
  created_at bigint not null, updated_at bigint not null, body text not null);

create table api_keys (
  id text primary key, organization text not null, key_id text not null unique, secret_hash text not null,
  active boolean not null, expires_at bigint, last_used_at bigint, version bigint not null,
  created_at bigint not null, updated_at bigint not null, body text not null);
create index api_keys_list on api_keys (organization, created_at, id);

create table users (
  id text primary key, organization text not null, email text, active boolean not null, erased boolean not null,
  version bigint not null, created_at bigint not null, updated_at bigint not null, body text not null);
create index users_list on users (organization, created_at, id);

create table tokens (
  id text primary key, organization text not null, physical_id text not null, type text not null, driver text,
  active boolean not null, expires_at bigint, version bigint not null,
  created_at bigint not null, updated_at bigint not null, body text not null);
-- OCPP 1.6 §7.15: the case of a tag does not matter.
create unique index tokens_physical_id on tokens (organization, lower(physical_id));
create index tokens_list on tokens (organization, created_at, id);
create index tokens_driver on tokens (driver);
create index tokens_tag on tokens (organization, lower(physical_id));

create table unknown_tokens (
  organization text not null, physical_id text not null, chargestation text not null, seen bigint not null,
  first_seen_at bigint not null, last_seen_at bigint not null,
  primary key (organization, physical_id));

create table locations (
  id text primary key, organization text not null, name text not null, active boolean not null,
  version bigint not null, created_at bigint not null, updated_at bigint not null, body text not null);
create index locations_list on locations (organization, created_at, id);

-- The newest version of each rate; rate_versions keeps every one that a session may be billed by.
create table rates (
  id text primary key, organization text not null, name text not null, currency text not null, active boolean not null,
  schedule boolean not null, version bigint not null,
  created_at bigint not null, updated_at bigint not null, body text not null);
create index rates_list on rates (organization, created_at, id);
create table rate_versions (
  rate text not null, version bigint not null, plan text not null, created_at bigint not null,
  primary key (rate, version));

create table chargestations (
  id text primary key, organization text not null, endpoint text not null, static_endpoint text not null,
  location text, protocol text, security text not null, password_salt text, password_hash text, password_sealed text,
  online boolean not null, active boolean not null, public boolean not null, is_simulator boolean not null,
  created_at bigint not null, updated_at bigint not null, body text not null,
  unique (endpoint), unique (static_endpoint));
create index chargestations_list on chargestations (organization, created_at, id);
create index chargestations_location on chargestations (location);

-- The hot part of a station: the fence of every commit and the counters of its streams.
create table station_state (
  chargestation text primary key, version bigint not null, event_seq bigint not null, message_seq bigint not null)
  /*clustered*/;

create table connectors (
  id text primary key, organization text not null, chargestation text not null, connector_id bigint not null,
  evse_id bigint not null, status text, active boolean not null, rate text,
  created_at bigint not null, updated_at bigint not null, body text not null,
  unique (chargestation, connector_id, evse_id));
create index connectors_list on connectors (organization, created_at, id);
create index connectors_rate on connectors (rate);

-- state_place: the session's state lies with the event that told of its last change (events.state), so that a meter
-- reading writes it once. Null: it lies in session_states; that of a session that is over always does, since events do not
-- stay for ever. Both keep the rows here narrow: many readings at once touch few pages.
create table sessions (
  id text primary key, organization text not null, chargestation text not null, connector text not null,
  driver text, token text, rate text, rate_version bigint not null, status text not null, source text not null,
  number bigint not null unique, start_key text, due_at bigint, started_at bigint, ended_at bigint,
  created_at bigint not null, updated_at bigint not null, state_place bigint,
  unique (chargestation, start_key));
create table session_states (session text primary key, state text not null);
create index sessions_list on sessions (organization, created_at, id);
create index sessions_open on sessions (chargestation) where status in ('created', 'Started');
create unique index sessions_one_per_connector on sessions (connector) where status = 'Started';
create index sessions_due on sessions (due_at) where due_at is not null;
create index sessions_driver on sessions (driver);
create index sessions_connector on sessions (connector);

-- Every frame of a station, raw, with the normalised reading of those that carried one.
create table messages (
  chargestation text not null, seq bigint not null, at bigint not null, direction text not null, action text not null,
  message_id text not null, session text, reading text, body text not null,
  place /*place*/);

create table actions (
  id text primary key, organization text not null, chargestation text not null, connector text, session text,
  type text not null, status text not null, due_at bigint,
  created_at bigint not null, updated_at bigint not null, body text not null);
create index actions_list on actions (organization, created_at, id);
create index actions_open on actions (chargestation) where status in ('APIRequested', 'requested');
create index actions_due on actions (due_at) where due_at is not null;

create table idempotency_keys (
  organization text not null, key text not null, fingerprint text not null, status bigint, answer text,
  created_at bigint not null,
  primary key (organization, key));

-- stream: the chargestation, else the resource. seq: from the aggregate, whose row's version fences it.
-- body: as it is sent. Null: it is worded from state, the session's at that moment, when somebody wants it.
create table events (
  stream text not null, seq bigint not null, id text not null, organization text not null, type text not null,
  object text not null, resource text not null, at bigint not null, body text, state text,
  place /*place*/);
create index events_list on events (organization, at);

-- secret and old_secret are sealed by the keyring; failing_since: the first of an unbroken row of failures.
create table webhooks (
  id text primary key, organization text not null, url text not null, active boolean not null,
  api_version text not null, secret text not null, old_secret text, old_secret_until bigint, failing_since bigint,
  version bigint not null, created_at bigint not null, updated_at bigint not null, body text not null);
create index webhooks_list on webhooks (organization, created_at, id);

-- What each active webhook listens to: '*', 'session.*', 'session.ended'.
create table webhook_patterns (
  organization text not null, pattern text not null, webhook text not null,
  primary key (organization, pattern, webhook));
create index webhook_patterns_webhook on webhook_patterns (webhook);

-- One row an event and webhook; id is the event's. lane: the stream, or replay/<stream> with an id of its own for a repeat.
-- state: pending, delivered, exhausted.
create table deliveries (
  webhook text not null, lane text not null, seq bigint not null, id text not null, organization text not null,
  event_stream text not null, event_seq bigint not null, event_place bigint not null, event_id text not null,
  event_type text not null, state text not null, attempts bigint not null, created_at bigint not null,
  updated_at bigint not null, last_status bigint, last_error text, latency_ms bigint, answer text,
  primary key (webhook, lane, seq)) /*clustered*/;
create index deliveries_list on deliveries (webhook, created_at);
create unique index deliveries_id on deliveries (webhook, id);

-- The queue: one row a webhook and lane, runnable while done_seq < last_seq. Both counters stand on one row, so that a
-- dispatcher that finishes and a commit that adds cannot miss each other. due_at is also the lease: a claim moves it
-- ahead, and a claim that nobody renews runs out by itself. A lane of a disabled webhook is parked in the far future.
create table delivery_lanes (
  webhook text not null, lane text not null, done_seq bigint not null, last_seq bigint not null,
  due_at bigint not null, claimed_by text,
  primary key (webhook, lane)) /*clustered*/;
create index delivery_lanes_due on delivery_lanes (webhook, due_at) where done_seq < last_seq;
create index delivery_lanes_claimed on delivery_lanes (claimed_by) where claimed_by is not null;

-- The attempts that failed; the one that succeeded stands on the delivery itself, which saves a row for nearly all.
create table delivery_attempts (
  webhook text not null, delivery text not null, attempt bigint not null, at bigint not null, status bigint,
  latency_ms bigint not null, error text, answer text,
  primary key (webhook, delivery, attempt)) /*clustered*/;

-- Repeats of a range, queued in the background; the cursor is the last event that was looked at.
create table replays (
  id text primary key, organization text not null, webhook text not null, from_at bigint not null, to_at bigint not null,
  patterns text not null, cursor_at bigint not null, cursor_stream text not null, cursor_seq bigint not null,
  queued bigint not null, state text not null, created_at bigint not null, updated_at bigint not null);
create index replays_open on replays (created_at) where state = 'running';
