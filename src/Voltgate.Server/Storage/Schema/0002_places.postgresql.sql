-- Messages and events by their station (ADR 0010). PostgreSQL logs the new entry of an index, not the page, so that it can
-- keep them as they come.
create unique index messages_by_station on messages (chargestation, at, seq);
create unique index events_by_stream on events (stream, seq);

create view message_places as select chargestation, at, seq, place from messages;
create view event_places as select stream, seq, place from events;
