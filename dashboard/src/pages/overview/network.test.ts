import { expect, test } from "vitest";
import { connectorsOf, type Day, mainCurrency, type Network, revenueOf } from "./network";

const day = (date: string, ...revenue: Day["revenue"]): Day => ({ day: date, sessions: 1, energy: 1000, revenue });

test("money of the currency of most days is shown, and never added to others", () => {
  const days = [
    day("2026-11-29", { amount: 2, currency: "eur" }, { amount: 9, currency: "gbp" }),
    day("2026-11-30", { amount: 3, currency: "eur" }),
  ];
  expect(mainCurrency(days)).toBe("eur");
  expect(days.map((one) => revenueOf(one, "eur"))).toEqual([2, 3]);
  expect(mainCurrency([day("2026-11-30")])).toBeUndefined();
});

test("connectors are counted by what they say, and together", () => {
  const network = {
    connectors: [{ status: "Available", count: 5 }, { status: "Charging", count: 2 }, { count: 1 }],
  } as Network;
  expect(connectorsOf(network)).toBe(8);
  expect(connectorsOf(network, "Charging", "Occupied")).toBe(2);
  expect(connectorsOf(undefined, "Charging")).toBeUndefined();
});
