import { expect, test } from "vitest";
import type { Session } from "../../api/resources";
import { withSession } from "./figures";

const session = (id: string, status: string, more: Partial<Session> = {}): Session => ({
  _id: id,
  chargestation: "c",
  connector: "k",
  status,
  source: "api",
  target: {},
  metrics: { timezone: "UTC", energyConsumed: 1000, energyPeriod: 0, chargingStart: "2026-11-30T08:00:00.000Z" },
  charging_activity: [],
  review: [],
  meta_data: {},
  createdAt: "2026-11-30T08:00:00.000Z",
  updatedAt: "2026-11-30T08:00:00.000Z",
  ...more,
});

test("the running sessions follow what happens", () => {
  const none = { result: [], total: 0 };
  const one = withSession(none, session("s1", "Started"));
  expect(one.total).toBe(1);
  expect(withSession(one, session("s1", "Started"))).toEqual(one);
  expect(withSession(one, session("s1", "Ended"))).toEqual(none);
  expect(withSession(none, session("s2", "Ended"))).toEqual(none);
});
