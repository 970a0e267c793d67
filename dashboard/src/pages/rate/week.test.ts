import { expect, test } from "vitest";
import {
  blocksOf,
  emptyWeek,
  layoutOf,
  minutesOf,
  painted,
  planOf,
  runsOf,
  stepOf,
  withBlock,
  withoutBlock,
} from "./week";

const entry = (days: number[], from: string, to: string, rate = "night", more = {}) => ({
  target: { day_of_week: days, start_time: from, end_time: to, ...more },
  rate,
});
const at = (time: string) => minutesOf(time);

test("a week that is read and written says the same", () => {
  const layout = [entry([1, 2, 3, 4, 5], "22:00", "24:00"), entry([0, 6], "08:00", "12:00", "weekend")];
  expect(layoutOf(planOf(layout))).toEqual([layout[1], layout[0]]);
});

test("odd minutes and dates survive what is painted beside them", () => {
  const dated = entry([6], "08:00", "12:30", "winter", { start_date: "2026-12-01", end_date: "2027-02-28" });
  const { week, dated: kept } = planOf([entry([1, 2, 3], "22:20", "05:45"), dated]);
  const after = layoutOf({ week: painted(week, 5, at("10:00"), at("11:00"), "noon"), dated: kept });
  expect(after).toContainEqual(entry([1, 2, 3], "22:20", "05:45"));
  expect(after).toContainEqual(entry([5], "10:00", "11:00", "noon"));
  expect(after).toContainEqual(dated);
  expect(after).toHaveLength(3);
});

test("a cell that is painted takes its own minutes of a block, and no others", () => {
  const { week } = planOf([entry([1], "09:10", "11:40")]);
  expect(blocksOf(painted(week, 1, at("10:00"), at("10:15"), null))).toEqual([
    { days: [1], from: at("09:10"), to: at("10:00"), rate: "night" },
    { days: [1], from: at("10:15"), to: at("11:40"), rate: "night" },
  ]);
});

test("equal hours of several days become one entry", () => {
  let week = emptyWeek();
  for (const day of [1, 2, 3]) week = painted(week, day, at("06:00"), at("08:00"), "day");
  expect(layoutOf({ week, dated: [] })).toEqual([entry([1, 2, 3], "06:00", "08:00", "day")]);
});

test("a night reaches into the next day, and from Saturday into Sunday", () => {
  const { week } = planOf([entry([6], "22:00", "06:00")]);
  expect(week[6]?.[at("22:00")]).toBe("night");
  expect(week[0]?.[at("05:59")]).toBe("night");
  expect(week[0]?.[at("06:00")]).toBeNull();
  expect(layoutOf({ week, dated: [] })).toEqual([entry([6], "22:00", "06:00")]);
});

test("a rate that holds all week is whole days", () => {
  const { week } = planOf([entry([], "00:00", "24:00")]);
  expect(layoutOf({ week, dated: [] })).toEqual([entry([0, 1, 2, 3, 4, 5, 6], "00:00", "24:00")]);
});

test("a block that is changed leaves nothing of what it was", () => {
  const plan = planOf([entry([1], "22:20", "05:45"), entry([2], "12:00", "13:00", "noon")]);
  const [block] = blocksOf(plan.week).filter(({ rate }) => rate === "night");
  if (!block) throw new Error("no block");
  const moved = withBlock(plan, { ...block, from: at("23:07"), to: at("04:00") }, block);
  expect(layoutOf(moved)).toContainEqual(entry([1], "23:07", "04:00"));
  expect(layoutOf(moved)).toContainEqual(entry([2], "12:00", "13:00", "noon"));
  expect(layoutOf(withoutBlock(moved, { ...block, from: at("23:07"), to: at("04:00") }))).toHaveLength(1);
  const dated = withBlock(plan, { ...block, start_date: "2026-12-24" }, block);
  expect(dated.dated).toHaveLength(1);
  expect(layoutOf(withoutBlock(dated, dated.dated[0] ?? block))).toHaveLength(1);
});

test("cells are as wide as the week allows", () => {
  expect(stepOf(planOf([entry([1], "22:00", "06:00")]).week)).toBe(60);
  expect(stepOf(planOf([entry([1], "22:30", "06:00")]).week)).toBe(30);
  expect(stepOf(planOf([entry([1], "22:20", "06:00")]).week)).toBe(15);
});

test("a cell tells what follows what inside it", () => {
  const { week } = planOf([entry([1], "22:20", "23:00")]);
  expect(runsOf(week[1] ?? [], at("22:00"), at("23:00"))).toEqual([
    { from: at("22:00"), to: at("22:20"), rate: null },
    { from: at("22:20"), to: at("23:00"), rate: "night" },
  ]);
});
