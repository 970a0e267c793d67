-- Connectors behind one supply.
create table load_groups (
  id text primary key, organization text not null, name text not null, location text, version bigint not null,
  created_at bigint not null, updated_at bigint not null, body text not null);
create index load_groups_list on load_groups (organization, created_at, id);

-- A connector belongs to one group. Its row outlives it: ids are never given again.
create table load_group_members (connector text primary key, load_group text not null);
create index load_group_members_of on load_group_members (load_group);
