import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Action, Chargestation } from "../../api/resources";
import { apply, changeOf } from "../../live/patch";
import { said, show } from "../../testing-page";
import { CommandsTab } from "./CommandsTab";

const station = {
  _id: "c1",
  name: "Hall 7",
  endpoint: "HALL-7",
  protocol: "ocpp1.6",
  online: true,
  active: true,
  connectors: [{ _id: "k1", connectorId: 1, status: "Charging", active: true }],
} as unknown as Chargestation;

const action = {
  _id: "a1",
  type: "chargestation.trigger",
  status: "requested",
  chargestation: "c1",
  data: { message: "StatusNotification" },
  createdAt: "2026-11-30T12:00:00.000Z",
  updatedAt: "2026-11-30T12:00:00.000Z",
} as unknown as Action;

let sent: { path: string; body: unknown }[] = [];
let refusal: Response | undefined;

beforeEach(() => {
  sent = [];
  refusal = undefined;
  vi.stubGlobal("fetch", async (request: Request) => {
    if (request.method === "POST") {
      sent.push({ path: new URL(request.url).pathname, body: await request.json() });
      return refusal ?? said(200, { ok: true, message: "", result: action });
    }
    const result = sent.length > 0 && !refusal ? [action] : [];
    return said(200, {
      ok: true,
      message: "",
      result,
      total: result.length,
      page: 1,
      limit: 25,
      hasNext: false,
      hasPrevious: false,
    });
  });
});
afterEach(() => vi.unstubAllGlobals());

test("a command is requested until the station's answer is heard", async () => {
  const { queries } = show(<CommandsTab station={station} />);
  await userEvent.click(screen.getByRole("button", { name: "Ask for a message" }));
  await userEvent.click(screen.getByRole("button", { name: "Send" }));
  expect(await screen.findByText("Requested")).toBeTruthy();
  expect(sent).toEqual([{ path: "/v1.1/chargestations/c1/trigger", body: { message: "StatusNotification" } }]);
  const event = { _id: "e1", object: "action", type: "chargestation.trigger.accepted", createdAt: action.updatedAt };
  act(() => void apply(queries, changeOf([{ ...event, data: { ...action, status: "completed" } }])));
  expect(await screen.findByText("Accepted")).toBeTruthy();
});

test("a dangerous command says first whom it hits", async () => {
  show(<CommandsTab station={station} />);
  await userEvent.click(screen.getByRole("button", { name: "Send" }));
  expect(sent).toEqual([]);
  expect(await screen.findByText("1 connector has a car on it")).toBeTruthy();
});

test("a refusal is told where the command was given", async () => {
  refusal = said(409, {
    ok: false,
    code: "chargestation_offline",
    message: "The chargestation is offline; wait for it.",
    request_id: "req_9",
  });
  show(<CommandsTab station={station} />);
  await userEvent.click(screen.getByRole("button", { name: "Clear the card cache" }));
  await userEvent.click(screen.getByRole("button", { name: "Send" }));
  expect(await screen.findByText("The chargestation is offline; wait for it.")).toBeTruthy();
});

test("a station of OCPP 1.6 is offered no requests of 2.x, and one that is offline takes nothing", () => {
  show(<CommandsTab station={{ ...station, online: false }} />);
  expect(screen.queryByRole("button", { name: /Send any request/ })).toBeNull();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Send" }).disabled).toBe(true);
});
