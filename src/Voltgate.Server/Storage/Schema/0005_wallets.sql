-- A driver's prepaid money, in minor units of the currency. A wallet has its user's id. held: the sum of its holds.
create table wallets (
  id text primary key, organization text not null, currency text not null,
  balance bigint not null check (balance >= 0), held bigint not null check (held >= 0 and held <= balance),
  version bigint not null, created_at bigint not null, updated_at bigint not null);
create index wallets_list on wallets (organization, created_at, id);

-- Money that a session may cost. It is taken before the session is made; one without a session is given back.
create table wallet_holds (
  id text primary key, organization text not null, wallet text not null, session text, amount bigint not null,
  created_at bigint not null);
create index wallet_holds_idle on wallet_holds (created_at) where session is null;

-- Double entry: a transfer's entries add up to zero, and a wallet's entries to its balance. Rows are never changed.
-- amount: what the wallet gained. Accounts: wallet:<id>, provider:<name>, revenue, discount, adjustment.
create table ledger_transfers (
  id text primary key, organization text not null, type text not null, wallet text not null, currency text not null,
  amount bigint not null, reference text not null, note text not null, created_at bigint not null);
create index ledger_transfers_list on ledger_transfers (organization, wallet, created_at, id);
create table ledger_entries (
  transfer text not null, account text not null, amount bigint not null, primary key (transfer, account));

create table payments (
  id text primary key, organization text not null, session text not null, wallet text not null, driver text not null,
  status text not null, created_at bigint not null, updated_at bigint not null, body text not null);
create index payments_list on payments (organization, created_at, id);
create index payments_session on payments (session);

-- provider_ref: the provider's id of the payment; due_at: when the provider is asked about it next, null: never.
create table top_ups (
  id text primary key, organization text not null, wallet text not null, status text not null, provider text not null,
  provider_ref text unique, due_at bigint, version bigint not null, created_at bigint not null,
  updated_at bigint not null, body text not null);
create index top_ups_list on top_ups (organization, created_at, id);
create index top_ups_due on top_ups (due_at) where due_at is not null;

-- How an organisation takes its drivers' money. The secrets are sealed by the keyring.
create table payment_providers (
  organization text primary key, provider text not null, secret_key text, webhook_secret text, success_url text,
  cancel_url text, updated_at bigint not null);
