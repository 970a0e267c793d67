import type { Query, QueryClient } from "@tanstack/react-query";
import type { LiveEvent } from "./stream";

/** The kinds of cached things, by the object that an event tells of. */
const kinds: Record<string, string> = {
  chargestation: "chargestations",
  session: "sessions",
  action: "actions",
  user: "users",
  token: "tokens",
  location: "locations",
  rate: "rates",
  webhook: "webhooks",
  api_key: "api_keys",
  admin: "admins",
  organization: "organizations",
  connector: "connectors",
  reservation: "reservations",
  top_up: "top_ups",
  payment: "payments",
  load_group: "load_groups",
};

type Thing = Record<string, unknown> & { _id: string };
type Patches = Map<string, Map<string, Thing>>;

/** What a batch of events changes: things to lay over the cached ones, and kinds whose lists and counts are stale. */
export interface Change {
  patches: Patches;
  stale: Set<string>;
}

export function changeOf(events: LiveEvent[]): Change {
  const change: Change = { patches: new Map(), stale: new Set() };
  for (const event of events) {
    const kind = kinds[event.object];
    if (kind && isThing(event.data)) put(change, kind, event.data, !event.type.endsWith(".deleted"));
    if (kind && movesLists(event.type)) change.stale.add(kind);
    if (event.type === "token.unknown") change.stale.add("unknown_tokens");
    if (event.object === "payment" || event.object === "top_up") change.stale.add("wallets");
    if (event.type === "chargestation.created") change.stale.add("unknown_stations");
    if (event.type.startsWith("chargestation.connector_status")) change.stale.add("connectors");
    if (event.type === "chargestation.security_event") change.stale.add("security_events");
    if (event.type === "webhook.delivery_exhausted") change.stale.add("deliveries");
  }
  return change;
}

/** Whether a list may have one more or less, or in another order: not so for what merely moves on. */
function movesLists(type: string): boolean {
  return !/^(session\.(updated|ev_charged|target_reached)|chargestation\.(message|connector_status\.updated))$/.test(
    type,
  );
}

function put({ patches }: Change, kind: string, thing: Thing, isThere: boolean): void {
  const things = patches.get(kind) ?? new Map<string, Thing>();
  patches.set(kind, things);
  if (!isThere) return;
  const before = things.get(thing._id);
  things.set(thing._id, before ? overlay(before, thing) : thing);
}

/** The new fields over the old thing; references that were expanded stay so, and connectors are told one by one. */
export function overlay(old: Thing, fresh: Thing): Thing {
  if (isOlder(fresh, old)) return old;
  const merged: Thing = { ...old, ...fresh };
  for (const [key, value] of Object.entries(fresh)) {
    const before = old[key];
    if (typeof value === "string" && isThing(before) && before._id === value) merged[key] = before;
  }
  // A station has its connectors in it; a load group names its own.
  if (areThings(old.connectors) && areThings(fresh.connectors))
    merged.connectors = overlayAll(old.connectors, fresh.connectors);
  return merged;
}

/** An answer may have been read after an event that comes later than it. */
function isOlder(one: Thing, other: Thing): boolean {
  return typeof one.updatedAt === "string" && typeof other.updatedAt === "string" && one.updatedAt < other.updatedAt;
}

function overlayAll(old: Thing[], fresh: Thing[]): Thing[] {
  const told = new Map(fresh.map((thing) => [thing._id, thing]));
  const kept = old.map((thing) => {
    const news = told.get(thing._id);
    told.delete(thing._id);
    return news ? { ...thing, ...news } : thing;
  });
  return [...kept, ...told.values()];
}

/** Lays a change over everything that is cached; returns how many queries were touched. */
export function apply(queries: QueryClient, { patches }: Change): number {
  let touched = 0;
  for (const [kind, things] of patches)
    for (const query of queries.getQueryCache().findAll({ queryKey: [kind] }))
      if (patchQuery(queries, query, things)) touched += 1;
  return touched;
}

/**
 * Lays the newest events over an answer that has just come: what happened between its reading and its coming would be
 * lost under it.
 */
export function applyTo(queries: QueryClient, query: Query, events: LiveEvent[]): void {
  const things = changeOf(events).patches.get(String(query.queryKey[0]));
  if (things) patchQuery(queries, query, things);
}

function patchQuery(queries: QueryClient, query: Query, things: Map<string, Thing>): boolean {
  const [, shape, id] = query.queryKey;
  if (query.state.data === undefined) return false;
  if (shape === "one" && typeof id === "string") {
    const news = things.get(id);
    if (!news) return false;
    queries.setQueryData(query.queryKey, (old: Thing | undefined) => old && overlay(old, news));
    return true;
  }
  if (shape !== "list" && shape !== "some") return false;
  const page = query.state.data as { result: Thing[] };
  if (!page.result.some((thing) => things.has(thing._id))) return false;
  const result = page.result.map((thing) => {
    const news = things.get(thing._id);
    return news ? overlay(thing, news) : thing;
  });
  queries.setQueryData(query.queryKey, { ...page, result });
  return true;
}

/** Has lists and counts read again that a change may have moved; nothing that nobody looks at is asked for. */
export function refresh(queries: QueryClient, stale: Iterable<string>): void {
  for (const kind of stale) {
    void queries.invalidateQueries({ queryKey: [kind], predicate: (query) => query.queryKey[1] !== "one" });
    void queries.invalidateQueries({ queryKey: ["counts", kind] });
  }
}

function isThing(value: unknown): value is Thing {
  return typeof value === "object" && value !== null && typeof (value as Thing)._id === "string";
}

function areThings(value: unknown): value is Thing[] {
  return Array.isArray(value) && value.every(isThing);
}
