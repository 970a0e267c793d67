-- An operator's invitation sets the first password, or a forgotten one anew; its hash stands here until it is used.
alter table operators add column invitation_hash text;
alter table operators add column invitation_until bigint;
alter table operators add column last_login_at bigint;
create index operators_list on operators (organization, created_at, id);
create unique index operators_invitation on operators (invitation_hash);

-- One row a sign-in. The cookie's secret is kept as its SHA-256. A row outlives its session for a month: it tells from
-- where its admin has signed in before.
create table operator_sessions (
  id text primary key, organization text not null, admin text not null, secret_hash text not null unique,
  address text not null, user_agent text not null, created_at bigint not null, last_seen_at bigint not null,
  expires_at bigint not null, ended_at bigint);
create index operator_sessions_admin on operator_sessions (admin, created_at);

-- A rotated key's old secret, until its overlap is over.
alter table api_keys add column old_key_id text;
alter table api_keys add column old_secret_hash text;
alter table api_keys add column old_until bigint;
create index api_keys_old on api_keys (old_key_id) where old_key_id is not null;

-- Who did what (ADR 0012): rows are added in the commit of what they tell and never changed, but that details goes when
-- the person it tells of is erased. The seals chain the rows of an organisation by their hashes.
create table audit_log (
  id text primary key, organization text not null, created_at bigint not null, actor_type text not null,
  actor text not null, actor_name text not null, address text not null, request_id text not null,
  method text not null, route text not null, object text, resource text, result text not null, reveals text,
  erases text, details_hash text not null, details text);
create index audit_log_list on audit_log (organization, created_at, id);
create index audit_log_resource on audit_log (resource);
create table audit_unsealed (entry text primary key, organization text not null);
create table audit_seals (
  organization text not null, seq bigint not null, entry text not null unique, previous text not null,
  hash text not null, sealed_at bigint not null, primary key (organization, seq));
