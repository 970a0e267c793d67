-- Mails that wait to be sent; a row goes when its mail has gone. sealed: address, subject and text, by the keyring.
-- waiting: how many events the mail tells of; pause: ms until another one of the same id may go, 0: there is none.
-- due_at is also the lease of whoever is sending it.
create table mails (
  id text primary key, organization text not null, sealed text not null, waiting bigint not null, pause bigint not null,
  attempts bigint not null, due_at bigint not null, created_at bigint not null, last_error text);
create index mails_due on mails (due_at);
create index mails_organization on mails (organization);
