-- Certificates that stations ask for beside that of their connection (2.x V2GCertificate).
-- used_for: the version's own word; null: the station's connection. number: by which a station of 2.1 asked.
-- serial: the certificate's number, hexadecimal, without leading zeros.
alter table signing_requests add column used_for text;
alter table signing_requests add column number bigint;
alter table signing_requests add column serial text;
create index signing_requests_serial on signing_requests (serial) where serial is not null;
