import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { said } from "../../testing-page";
import en from "../../words/en";
import { remedyOf } from "./remedies";

const station = { _id: "6956e2000000000000000001", online: true };
const organization = "6956e2000000000000000009";
const sent: [string, string, unknown][] = [];

beforeEach(() => {
  sent.length = 0;
  vi.stubGlobal("fetch", async (request: Request) => {
    sent.push([request.method, new URL(request.url).pathname, await request.json()]);
    return said(200, { ok: true, message: "", result: { security: { type: "basic_auth", password: "shown-once" } } });
  });
});
afterEach(() => vi.unstubAllGlobals());

test("what is weak is demanded, and a password that comes of it is told", async () => {
  expect(await remedyOf("profile_0", station, {}, organization)?.run()).toBe("shown-once");
  await remedyOf("profile_1", station, {}, organization)?.run();
  await remedyOf("profile_below_ability", station, { connected_by: 3 }, organization)?.run();
  expect(sent.map(([, , body]) => body)).toEqual([
    { security: { type: "basic_auth" } },
    { security: { type: "tls_basic" } },
    { security: { type: "mtls" } },
  ]);
});

test("a setting of the organisation is changed there", async () => {
  await remedyOf("password_readable", station, {}, organization)?.run();
  expect(sent).toEqual([["PATCH", `/v1.1/organizations/${organization}`, { reveal_station_passwords: false }]]);
});

test("a station that is away is not asked, and what only people can find out has no button", () => {
  expect(remedyOf("certificate_ends", { ...station, online: false }, {}, organization)).toBeUndefined();
  expect(remedyOf("certificate_ends", station, {}, organization)?.isAsked).toBe(true);
  for (const code of ["profile_fell", "profile_2", "many_refusals", "unheard_of"])
    expect(remedyOf(code, station, {}, organization)).toBeUndefined();
});

test("every remedy has a name and says what it does", () => {
  for (const [code, told] of Object.entries(en.security.findings))
    expect("act" in told, code).toBe(remedyOf(code, station, { connected_by: 2 }, organization) !== undefined);
});
