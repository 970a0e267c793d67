import { expect, test } from "vitest";
import { emptyWeek, layoutOf, painted, weekOf } from "./week";

const entry = (days: number[], from: string, to: string, rate = "night") => ({
  target: { day_of_week: days, start_time: from, end_time: to },
  rate,
});

test("a week that is read and written says the same", () => {
  const layout = [entry([1, 2, 3, 4, 5], "22:00", "24:00"), entry([0, 6], "08:00", "12:00", "weekend")];
  const week = weekOf(layout);
  expect(weekOf(layoutOf(week ?? []))).toEqual(week);
});

test("equal hours of several days become one entry", () => {
  let week = emptyWeek();
  for (const day of [1, 2, 3]) for (const hour of [6, 7]) week = painted(week, day, hour, "day");
  expect(layoutOf(week)).toEqual([entry([1, 2, 3], "06:00", "08:00", "day")]);
});

test("a night reaches into the next day, and from Saturday into Sunday", () => {
  const week = weekOf([entry([6], "22:00", "06:00")]);
  expect(week?.[6]?.[22]).toBe("night");
  expect(week?.[0]?.[5]).toBe("night");
  expect(week?.[0]?.[6]).toBeNull();
});

test("no days named are all days", () => {
  expect(weekOf([entry([], "00:00", "01:00")])?.map((line) => line[0])).toEqual(Array(7).fill("night"));
});

test("what a grid of hours cannot show is not painted", () => {
  expect(weekOf([entry([1], "22:30", "24:00")])).toBeUndefined();
  expect(
    weekOf([
      { ...entry([1], "22:00", "24:00"), target: { start_time: "22:00", end_time: "24:00", start_date: "2026-01-01" } },
    ]),
  ).toBeUndefined();
});
