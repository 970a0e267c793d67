import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { said, show, viewerMe } from "../../testing-page";
import { UnknownStations } from "./UnknownStations";

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
const stranger = {
  _id: "6956e2000000000000000001",
  identity: "CP-NEW-7",
  source: "192.0.2.7",
  protocol: "ocpp1.6",
  bootInfo: { chargePointVendor: "Vendor", chargePointModel: "Model" },
  createdAt: "2026-11-30T12:00:00.000Z",
  updatedAt: "2026-11-30T12:00:00.000Z",
};
const adopted = {
  _id: "6956e2000000000000000002",
  name: "CP-NEW-7",
  connection_url: "ws://host/ocpp/CP-NEW-7",
  security: { type: "basic_auth", password: "only-shown-once" },
};
const sent: [string, string, unknown][] = [];

beforeEach(() => {
  sent.length = 0;
  vi.stubGlobal("fetch", async (request: Request) => {
    const { pathname } = new URL(request.url);
    if (request.method !== "GET") {
      sent.push([request.method, pathname, request.method === "POST" ? await request.json() : undefined]);
      return said(201, { ok: true, message: "", result: request.method === "POST" ? adopted : stranger });
    }
    if (pathname.endsWith("/unknown_stations")) return said(200, page(sent.length > 0 ? [] : [stranger]));
    return said(200, page([]));
  });
});
afterEach(() => vi.unstubAllGlobals());

test("two clicks adopt a station, and its password is shown once", async () => {
  show(<UnknownStations />);
  await userEvent.click(await screen.findByRole("button", { name: "Adopt CP-NEW-7" }));
  await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Adopt" }));
  expect(await screen.findByText("only-shown-once")).toBeTruthy();
  expect(sent).toEqual([
    ["POST", `/v1.1/unknown_stations/${stranger._id}/adopt`, { name: "CP-NEW-7", security: { type: "basic_auth" } }],
  ]);
  expect(await screen.findByText("No unknown station waits")).toBeTruthy();
});

test("a station is sent away only after a confirmation", async () => {
  show(<UnknownStations />);
  await userEvent.click(await screen.findByRole("button", { name: "Dismiss CP-NEW-7" }));
  expect(sent).toEqual([]);
  await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Dismiss" }));
  expect(await screen.findByText("No unknown station waits")).toBeTruthy();
  expect(sent.map(([method]) => method)).toEqual(["DELETE"]);
});

test("who may not adopt is not offered it", async () => {
  show(<UnknownStations />, viewerMe);
  expect(await screen.findByText("CP-NEW-7")).toBeTruthy();
  expect(screen.queryByRole("button")).toBeNull();
});
