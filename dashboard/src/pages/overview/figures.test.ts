import { expect, test } from "vitest";
import type { Session } from "../../api/resources";
import { daysOf, mainCurrency, powerOf, withSession } from "./figures";

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

test("power is that of the newest reports", () => {
  const report = { timestamp: "2026-11-30T08:00:00.000Z", power: { value: 50, unit: "kW" } };
  expect(powerOf([session("a", "Started", { energy_report: report }), session("b", "Started")])).toBe(50);
});

test("days add up energy, and money of the main currency alone", () => {
  const cost = (amount: number, currency: string) => ({ amount, currency, breakdown: [] });
  const sessions = [
    session("a", "Ended", { cost: cost(2, "eur") }),
    session("b", "Ended", { cost: cost(3, "eur") }),
    session("c", "Ended", { cost: cost(9, "gbp") }),
  ];
  expect(mainCurrency(sessions)).toBe("eur");
  const days = daysOf(sessions, "eur", new Date("2026-11-30T12:00:00.000Z"));
  expect(days).toHaveLength(14);
  expect(days.at(-1)).toEqual({ day: "2026-11-30", wh: 3000, money: 5 });
});
