import { expect, test } from "vitest";
import { formatOf } from "./format";

const en = formatOf("en-GB", "UTC");
const de = formatOf("de-DE", "Europe/Berlin");
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

test("energy is told in kWh, and in MWh when it is much", () => {
  expect(en.energy(4242)).toBe("4.24 kWh");
  expect(en.energy(0)).toBe("0.00 kWh");
  expect(en.energy(999_400)).toBe("999.40 kWh");
  expect(en.energy(3_020_000)).toBe("3.02 MWh");
  expect(de.energy(4242)).toBe("4,24 kWh");
});

test("amounts stand in units of the currency, whichever case its code has", () => {
  expect(en.money(2.4, "eur")).toBe("€2.40");
  expect(plain(de.money(2.4, "EUR"))).toBe("2,40 €");
  expect(en.money(1200, "JPY")).toBe("JP¥1,200");
});

test("wallets count minor units, of which a currency may have none", () => {
  expect(en.minor(2050, "EUR")).toBe("€20.50");
  expect(en.minor(2050, "JPY")).toBe("JP¥2,050");
});

test("what is typed in units of a currency is booked in its minor units", () => {
  expect(en.inMinor(19.99, "EUR")).toBe(1999);
  expect(en.inMinor(0.29, "EUR")).toBe(29);
  expect(en.inMinor(500, "JPY")).toBe(500);
  expect([en.decimal, de.decimal]).toEqual([".", ","]);
});

test("a bill's line hides none of its decimals", () => {
  expect(en.exactMoney(0.362691, "EUR")).toBe("€0.362691");
  expect(en.exactMoney(6, "EUR")).toBe("€6.00");
});

test("a currency that nobody knows is still told", () => {
  expect(en.money(1.5, "??")).toBe("1.50 ??");
});

test("durations have no more than two parts", () => {
  expect(en.duration(7)).toBe("7 s");
  expect(en.duration(206.73)).toBe("3 min 27 s");
  expect(en.duration(3720)).toBe("1 h 02 min");
});

test("times are told in the site's zone, and a zone that nobody knows is the viewer's", () => {
  expect(de.clock("2026-07-01T10:00:00Z")).toBe("12:00");
  expect(() => formatOf("en", "Mars/Olympus").time("2026-07-01T10:00:00Z")).not.toThrow();
});

test("a time is as short as it is clear", () => {
  const now = new Date("2026-11-30T12:00:00Z");
  expect(en.when("2026-11-30T09:05:00Z", now)).toBe("09:05");
  expect(en.when("2026-11-02T09:05:00Z", now)).toBe("2 Nov, 09:05");
  expect(en.when("2025-11-02T09:05:00Z", now)).toBe("2 Nov 2025");
});
