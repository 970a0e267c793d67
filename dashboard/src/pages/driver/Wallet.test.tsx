import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { User } from "../../api/resources";
import { said, show, viewerMe } from "../../testing-page";
import { Wallet } from "./Wallet";

const user = { _id: "6956e2000000000000000008", firstname: "Erika" } as User;
const wallet = { _id: user._id, user: user._id, currency: "EUR", balance: 6770, held: 500, available: 6270 };
const topUp = {
  _id: "6956e2000000000000000014",
  wallet: wallet._id,
  provider: "manual",
  amount: 1000,
  wallet_amount: 1100,
  currency: "EUR",
  createdAt: "2026-11-30T12:00:00.000Z",
};
const page = (result: unknown[]) => ({ ok: true, message: "", result, total: result.length, page: 1, limit: 20 });
const sent: [string, unknown][] = [];
let wallets: unknown[] = [wallet];

beforeEach(() => {
  sent.length = 0;
  wallets = [wallet];
  vi.stubGlobal("fetch", async (request: Request) => {
    const path = new URL(request.url).pathname.replace("/v1.1", "");
    if (request.method === "POST") {
      const text = await request.text();
      sent.push([path, text && JSON.parse(text)]);
      return said(200, { ok: true, message: "", result: topUp });
    }
    if (path === "/wallets") {
      expect(new URL(request.url).searchParams.get("user")).toBe(user._id);
      return said(200, page(wallets));
    }
    if (path === "/top_up") return said(200, page([topUp]));
    if (path.endsWith("/payment_provider")) return said(200, { ok: true, message: "", result: { provider: "manual" } });
    if (path.endsWith("/transactions"))
      return said(
        200,
        page([
          {
            _id: "b1",
            type: "adjustment",
            amount: -730,
            currency: "EUR",
            note: "Paid out",
            createdAt: topUp.createdAt,
          },
        ]),
      );
    return said(200, { ok: true, message: "", result: wallet });
  });
});
afterEach(() => vi.unstubAllGlobals());

test("a wallet's money is told as money, and what was taken as taken", async () => {
  show(<Wallet user={user} />);
  expect(await screen.findByText("€62.70")).toBeTruthy();
  expect(screen.getByText("€5.00")).toBeTruthy();
  expect(await screen.findByText("-€7.30")).toBeTruthy();
  expect(screen.getByText("Paid out")).toBeTruthy();
});

test("money that is typed is booked in minor units, with why", async () => {
  show(<Wallet user={user} />);
  await userEvent.click(await screen.findByRole("button", { name: "Adjust" }));
  const form = within(await screen.findByRole("dialog"));
  await userEvent.click(form.getByRole("radio", { name: "Out of the wallet" }));
  await userEvent.click(form.getByLabelText(/Amount/));
  await userEvent.paste("19.99");
  await userEvent.click(form.getByLabelText(/Why/));
  await userEvent.paste("Goodwill");
  await userEvent.click(form.getByRole("button", { name: "Book it" }));
  expect(sent).toEqual([[`/wallets/${wallet._id}/adjust`, { amount: -1999, note: "Goodwill" }]]);
});

test("a top-up that was paid is booked after a confirmation", async () => {
  show(<Wallet user={user} />);
  await userEvent.click(await screen.findByRole("button", { name: "It is paid" }));
  const asked = within(await screen.findByRole("dialog"));
  expect(asked.getByText("The wallet gains €11.00")).toBeTruthy();
  expect(sent).toEqual([]);
  await userEvent.click(asked.getByRole("button", { name: "Book it" }));
  expect(sent.map(([path]) => path)).toEqual([`/top_up/${topUp._id}/complete`]);
});

test("where there is no wallet one is offered to whom may make it", async () => {
  wallets = [];
  const { unmount } = show(<Wallet user={user} />);
  expect(await screen.findByRole("button", { name: "Make a wallet" })).toBeTruthy();
  unmount();
  show(<Wallet user={user} />, viewerMe);
  expect(await screen.findByText("No wallet yet")).toBeTruthy();
  expect(screen.queryByRole("button")).toBeNull();
});
