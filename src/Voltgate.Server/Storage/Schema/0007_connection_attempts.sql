-- How stations knocked, one row for the same source, identity and outcome. What no chargestation claims belongs to the
-- root organisation. chargestation: null where there is none of that identity.
create table connection_attempts (
  id text primary key, organization text not null, chargestation text, identity text not null, source text not null,
  code text not null, attempts bigint not null, detail text not null, created_at bigint not null,
  updated_at bigint not null, unique (identity, source, code));
create index connection_attempts_list on connection_attempts (organization, updated_at, id);
create index connection_attempts_station on connection_attempts (chargestation, updated_at);
