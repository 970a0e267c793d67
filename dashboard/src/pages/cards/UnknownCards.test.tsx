import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { said, show, viewerMe } from "../../testing-page";
import { UnknownCards } from "./UnknownCards";

const page = (result: unknown[]) => ({
  ok: true,
  message: "",
  result,
  total: result.length,
  page: 1,
  limit: 100,
  hasNext: false,
  hasPrevious: false,
});
const card = {
  physicalId: "04A1B2C3",
  chargestation: "c1",
  seen: 2,
  createdAt: "2026-11-30T12:00:00.000Z",
  updatedAt: "2026-11-30T12:00:00.000Z",
};
const sent: unknown[] = [];

beforeEach(() => {
  sent.length = 0;
  vi.stubGlobal("fetch", async (request: Request) => {
    const { pathname } = new URL(request.url);
    if (request.method === "POST") {
      sent.push(await request.json());
      return said(201, { ok: true, message: "", result: { _id: "t1" } });
    }
    if (pathname.endsWith("/tokens/unknown")) return said(200, page(sent.length > 0 ? [] : [card]));
    if (pathname.endsWith("/users")) return said(200, page([{ _id: "u1", firstname: "Erika", lastname: "Muster" }]));
    return said(200, { ok: true, message: "", result: { _id: "c1", name: "Hall 7" } });
  });
});
afterEach(() => vi.unstubAllGlobals());

test("two clicks give an unknown card to a driver", async () => {
  show(<UnknownCards />);
  await userEvent.click(await screen.findByRole("combobox", { name: "Assign card 04A1B2C3 to a driver" }));
  await userEvent.click(await screen.findByRole("option", { name: "Erika Muster" }));
  expect(sent).toEqual([{ physicalId: "04A1B2C3", type: "ISO14443", user: "u1", active: true }]);
  expect(await screen.findByText("No unknown card")).toBeTruthy();
});

test("who may not assign is not offered it", async () => {
  show(<UnknownCards />, viewerMe);
  expect(await screen.findByText("04A1B2C3")).toBeTruthy();
  expect(screen.queryByRole("combobox")).toBeNull();
});
