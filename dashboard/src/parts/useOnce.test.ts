import { renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { useOnce } from "./useOnce";

test("whoever tries again sends the same key, and the next deed has another", async () => {
  const { result, rerender } = renderHook(() => useOnce());
  const keys: string[] = [];
  const send = (isLost: boolean) =>
    result.current(async (headers) => {
      keys.push(headers["Idempotency-Key"]);
      if (isLost) throw new Error("lost");
      return true;
    });
  await expect(send(true)).rejects.toThrow("lost");
  rerender();
  await send(false);
  await send(false);
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(keys[1]).toBe(keys[0]);
  expect(keys[2]).not.toBe(keys[0]);
});
