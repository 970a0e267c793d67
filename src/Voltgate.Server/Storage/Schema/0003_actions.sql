-- Where a station puts a file that an action asked it for. Of the token in the URL only the hash is kept; the newest
-- attempt is the one that counts, and once it has received the file there is no other.
create table uploads (
  action text primary key, organization text not null, chargestation text not null, token_hash text not null unique,
  expires_at bigint not null, attempt bigint not null, name text, size bigint, received_at bigint,
  created_at bigint not null);
create index uploads_age on uploads (created_at);
create index uploads_chargestation on uploads (chargestation);

-- The file in base64, in pieces that are committed one by one, so that no other commit waits for a whole file.
create table upload_parts (
  action text not null, attempt bigint not null, part bigint not null, data text not null,
  primary key (action, attempt, part));
