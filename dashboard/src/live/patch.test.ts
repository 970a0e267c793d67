import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { apply, applyTo, changeOf, overlay, refresh } from "./patch";
import type { LiveEvent } from "./stream";

const event = (type: string, data: Record<string, unknown>): LiveEvent => ({
  _id: "e1",
  object: type.split(".")[0] ?? "",
  type,
  data,
  createdAt: "2026-01-02T03:04:05.678Z",
});

test("a session's event changes the session wherever it is shown", () => {
  const queries = new QueryClient();
  queries.setQueryData(["sessions", "one", "s1"], {
    _id: "s1",
    status: "created",
    user: { _id: "u1", firstname: "Erika" },
  });
  queries.setQueryData(["sessions", "list", {}, 1], {
    result: [{ _id: "s0" }, { _id: "s1", status: "created" }],
    total: 2,
  });
  const touched = apply(queries, changeOf([event("session.started", { _id: "s1", status: "Started", user: "u1" })]));
  expect(touched).toBe(2);
  expect(queries.getQueryData(["sessions", "one", "s1"])).toEqual({
    _id: "s1",
    status: "Started",
    user: { _id: "u1", firstname: "Erika" },
  });
  expect(queries.getQueryData(["sessions", "list", {}, 1])).toEqual({
    result: [{ _id: "s0" }, { _id: "s1", status: "Started", user: "u1" }],
    total: 2,
  });
});

test("of many events of one thing the last one stands", () => {
  const change = changeOf([
    event("session.updated", { _id: "s1", metrics: { energyConsumed: 10 } }),
    event("session.updated", { _id: "s1", metrics: { energyConsumed: 20 } }),
  ]);
  expect(change.patches.get("sessions")?.get("s1")).toEqual({ _id: "s1", metrics: { energyConsumed: 20 } });
});

test("a load group's event names its connectors anew", () => {
  const group = (...connectors: string[]) => ({ _id: "g", connectors });
  expect(overlay(group("k1", "k2"), group("k2")).connectors).toEqual(["k2"]);
  expect(overlay(group(), group("k1")).connectors).toEqual(["k1"]);
});

test("a status event tells of the connectors that changed, and leaves the others", () => {
  const old = {
    _id: "c",
    connectors: [
      { _id: "k1", status: "Available" },
      { _id: "k2", status: "Available" },
    ],
  };
  const fresh = { _id: "c", connectors: [{ _id: "k2", status: "Charging" }] };
  expect(overlay(old, fresh).connectors).toEqual([
    { _id: "k1", status: "Available" },
    { _id: "k2", status: "Charging" },
  ]);
});

test("a reference that now names another thing is not kept expanded", () => {
  const old = { _id: "s", user: { _id: "u1" } };
  expect(overlay(old, { _id: "s", user: "u2" }).user).toBe("u2");
});

test("an event that is older than what was read changes nothing", () => {
  const old = { _id: "s", status: "Ended", updatedAt: "2026-11-30T12:00:02.000Z" };
  expect(overlay(old, { _id: "s", status: "Started", updatedAt: "2026-11-30T12:00:01.000Z" })).toBe(old);
});

test("what happened while an answer was on its way is laid over it", () => {
  const queries = new QueryClient();
  const key = ["sessions", "one", "s1"];
  queries.setQueryData(key, { _id: "s1", status: "Started", updatedAt: "2026-11-30T12:00:01.000Z" });
  const query = queries.getQueryCache().find({ queryKey: key });
  const ended = { _id: "s1", status: "Ended", updatedAt: "2026-11-30T12:00:02.000Z" };
  if (query) applyTo(queries, query, [event("session.ended", ended)]);
  expect(queries.getQueryData(key)).toEqual(ended);
});

test("what merely moves on has no list read again; what comes and goes has", () => {
  expect([...changeOf([event("session.updated", { _id: "s" })]).stale]).toEqual([]);
  expect([...changeOf([event("chargestation.connector_status.updated", { _id: "c" })]).stale]).toEqual(["connectors"]);
  expect([...changeOf([event("session.created", { _id: "s" })]).stale]).toEqual(["sessions"]);
  expect([...changeOf([event("token.unknown", { physicalId: "04AA" })]).stale]).toEqual(["tokens", "unknown_tokens"]);
});

test("a refresh asks for lists and counts of the kind, not for the thing itself", () => {
  const queries = new QueryClient();
  const keys = [
    ["sessions", "one", "s1"],
    ["sessions", "list", {}, 1],
    ["counts", "sessions", "all"],
    ["users", "list", {}, 1],
  ];
  for (const key of keys) queries.setQueryData(key, {});
  refresh(queries, ["sessions"]);
  expect(keys.map((key) => queries.getQueryState(key)?.isInvalidated)).toEqual([false, true, true, false]);
});

test("ten thousand chargestations are patched within a frame or two", () => {
  const queries = new QueryClient();
  const station = (i: number) => ({ _id: `c${i}`, online: false, connectors: [{ _id: `k${i}`, status: "Available" }] });
  for (let page = 1; page <= 10; page++)
    queries.setQueryData(["chargestations", "list", {}, page], {
      result: Array.from({ length: 1000 }, (_, i) => station((page - 1) * 1000 + i)),
      total: 10_000,
    });
  const events = Array.from({ length: 500 }, (_, i) =>
    event("chargestation.online", { ...station(i * 20), online: true }),
  );
  const before = performance.now();
  apply(queries, changeOf(events));
  expect(performance.now() - before).toBeLessThan(200);
  const page = queries.getQueryData<{ result: { online: boolean }[] }>(["chargestations", "list", {}, 10]);
  expect(page?.result.filter((s) => s.online)).toHaveLength(50);
});
