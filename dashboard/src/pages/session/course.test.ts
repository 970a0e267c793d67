import { expect, test } from "vitest";
import { courseOf, type Report, withReport } from "./course";

const report = (second: number, wh: number, kw: number): Report => ({
  timestamp: `2026-11-30T12:00:${String(second).padStart(2, "0")}.000Z`,
  energy_meter: { value: wh, unit: "Wh" },
  power: { value: kw, unit: "kW" },
});

test("curves stand over the times of the reports, energy from the session's first meter", () => {
  const course = courseOf(
    [report(0, 120_500, 50), report(20, 121_000, 48)],
    [
      { at: report(20, 0, 0).timestamp, amount: 0.55 },
      { at: report(20, 0, 0).timestamp, amount: 0.8 }, // told again when the session had ended
    ],
    120_000,
  );
  expect(course.energy).toEqual([0.5, 1]);
  expect(course.power).toEqual([50, 48]);
  expect(course.cost).toEqual([null, 0.55]);
  expect(course.soc).toEqual([null, null]);
});

test("the same report told twice, or an older one, makes no second point", () => {
  const reports = [report(0, 1, 1), report(20, 2, 2)];
  expect(withReport(reports, report(20, 2, 2))).toBe(reports);
  expect(withReport(reports, report(10, 1, 1))).toBe(reports);
  expect(withReport(reports, report(40, 3, 3))).toHaveLength(3);
});
