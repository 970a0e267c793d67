-- Certificates by which stations have come, or that were made for them. fingerprint: SHA-256 of the certificate.
-- revoked_at: null while it may be used. body: as GET shows it. One that was revoked stays when its station goes.
create table station_certificates (
  id text primary key, organization text not null, chargestation text not null, fingerprint text not null,
  revoked_at bigint, created_at bigint not null, updated_at bigint not null, body text not null,
  unique (chargestation, fingerprint));
create index station_certificates_list on station_certificates (organization, created_at, id);
create index station_certificates_fingerprint on station_certificates (fingerprint);
create index station_certificates_revoked on station_certificates (revoked_at) where revoked_at is not null;

-- Certificates that stations have asked for (SignCertificate), one row a request, however often it is sent.
-- status: wanted, signed, sent, installed, failed. action: the command that carried the certificate last.
-- due_at: when to look at it again; null: it is done with.
create table signing_requests (
  id text primary key, organization text not null, chargestation text not null, csr_hash text not null,
  csr text not null, status text not null, chain text, action text, tries bigint not null, due_at bigint,
  created_at bigint not null, updated_at bigint not null, unique (chargestation, csr_hash));
create index signing_requests_due on signing_requests (due_at) where due_at is not null;

-- The authority for development: its certificate, and its key, sealed.
create table authorities (
  name text primary key, certificate text not null, key_sealed text not null, created_at bigint not null);

-- Stations that nobody has created and that were let into quarantine. body: as GET shows it.
create table unknown_stations (
  id text primary key, organization text not null, identity text not null, created_at bigint not null,
  updated_at bigint not null, body text not null, unique (identity));
create index unknown_stations_list on unknown_stations (organization, created_at, id);

-- A password that the station was told and has not used yet: both are good until it comes with one of them.
-- next_password_action: the command that told it.
alter table chargestations add column next_password_salt text;
alter table chargestations add column next_password_hash text;
alter table chargestations add column next_password_sealed text;
alter table chargestations add column next_password_action text;
