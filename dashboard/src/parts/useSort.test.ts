import { expect, test } from "vitest";
import { nextSort, sortOf } from "./useSort";

const names = ["createdAt", "name"] as const;
const newest = { by: "createdAt", order: "desc" } as const;

test("a first click reads names from A on and times from the newest on, a second one turns it round", () => {
  expect(nextSort(newest, "name")).toEqual({ by: "name", order: "asc" });
  expect(nextSort({ by: "name", order: "asc" }, "name")).toEqual({ by: "name", order: "desc" });
  expect(nextSort({ by: "name", order: "asc" }, "createdAt")).toEqual(newest);
});

test("an address that names no column of the list is sorted as it is without one", () => {
  expect(sortOf("-name", names, newest)).toEqual({ by: "name", order: "desc" });
  expect(sortOf("password", names, newest)).toEqual(newest);
  expect(sortOf(null, names, newest)).toEqual(newest);
});
