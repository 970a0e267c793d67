import { expect, test } from "vitest";
import { type Label, placed } from "./placing";

const size = { width: 400, height: 300 };
const label = (id: string, x: number, y: number, more: Partial<Label> = {}): Label => ({
  id,
  x,
  y,
  width: 80,
  height: 24,
  ...more,
});

test("a name stands to the right of its point, and to the left at the map's edge", () => {
  expect(placed([label("a", 100, 100), label("b", 380, 200)], size)).toEqual(
    new Map([
      ["a", "left"],
      ["b", "right"],
    ]),
  );
});

test("no name lies over another point or name", () => {
  const found = placed([label("a", 100, 100), label("b", 130, 100), label("c", 115, 100, { width: 40 })], size);
  expect(found.get("a")).toBe("right");
  expect(found.get("b")).toBe("left");
  expect(found.get("c")).toBe("bottom");
});

test("where nothing fits, no name is written", () => {
  const crowd = Array.from({ length: 9 }, (_, i) => label(String(i), 100 + (i % 3) * 12, 100 + Math.floor(i / 3) * 12));
  expect(placed(crowd, size).size).toBeLessThan(9);
  expect(placed([label("out", -50, 100)], size).size).toBe(0);
});

test("a country's name gives way to those of locations", () => {
  const country = label("de", 150, 100, { isCentred: true });
  expect(placed([label("a", 100, 100), country], size).has("de")).toBe(false);
  expect(placed([label("a", 100, 200), country], size).get("de")).toBe("center");
});
