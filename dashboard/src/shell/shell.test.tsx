import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { adminMe, said, show, viewerMe } from "../testing-page";
import { Invitation } from "./Invitation";
import { Navigation } from "./Navigation";
import { SignIn } from "./SignIn";

const fetched = vi.fn<typeof fetch>();
beforeEach(() => vi.stubGlobal("fetch", fetched));
afterEach(() => {
  vi.unstubAllGlobals();
  fetched.mockReset();
});

async function signIn() {
  await userEvent.type(screen.getByLabelText(/E-mail/), "admin@example.org");
  await userEvent.type(screen.getByLabelText(/^Password/), "wrong");
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
}

test("a role is offered what it may do, and nothing else", () => {
  show(<Navigation />, viewerMe);
  const offered = screen.getAllByRole("link").map((link) => link.textContent);
  expect(offered).toContain("Chargestations");
  expect(offered).not.toContain("API keys");
  expect(offered).not.toContain("Audit log");
});

test("an Admin is offered everything", () => {
  show(<Navigation />, adminMe);
  expect(screen.getAllByRole("link")).toHaveLength(15);
});

test("a wrong password is said so, and nobody is signed in", async () => {
  fetched.mockResolvedValue(
    said(401, { ok: false, code: "unauthenticated", message: "The e-mail address or the password is wrong." }),
  );
  const { queries } = show(<SignIn />);
  queries.setQueryData(["me"], null);
  await signIn();
  expect(await screen.findByText("The e-mail address or the password is wrong.")).toBeTruthy();
  expect(queries.getQueryData(["me"])).toBeNull();
});

test("who signs in sees nothing that another one saw before", async () => {
  const admin = adminMe.admin;
  fetched.mockResolvedValue(
    said(200, { ok: true, message: "", result: { admin, organization: { _id: "o2", name: "Another" } } }),
  );
  const { queries } = show(<SignIn />);
  queries.setQueryData(["users", "one", "u1"], { _id: "u1", email: "secret@example.org" });
  await signIn();
  await vi.waitFor(() => expect(queries.getQueryData(["me"])).toMatchObject({ organization: { name: "Another" } }));
  expect(queries.getQueryData(["users", "one", "u1"])).toBeUndefined();
});

test("every request says that a page of ours meant it", async () => {
  fetched.mockResolvedValue(said(401, { ok: false, code: "unauthenticated", message: "No." }));
  show(<SignIn />);
  await signIn();
  const request = fetched.mock.calls[0]?.[0] as Request;
  expect(request.headers.get("X-Requested-With")).toBe("voltgate-dashboard");
  expect(new URL(request.url).pathname).toBe("/v1.1/auth/login");
});

test("too many attempts: the button waits as long as the server says", async () => {
  fetched.mockResolvedValue(
    said(429, { ok: false, code: "too_many_attempts", message: "Wait." }, { "Retry-After": "2" }),
  );
  show(<SignIn />);
  await signIn();
  expect(await screen.findByText(/There were too many attempts/)).toBeTruthy();
  const button = screen.getByRole<HTMLButtonElement>("button", { name: "Sign in" });
  expect(button.disabled).toBe(true);
  await act(() => new Promise((resolve) => setTimeout(resolve, 2300)));
  expect(button.disabled).toBe(false);
});

test("an invitation that does not hold is said so beside its form", async () => {
  fetched.mockResolvedValue(
    said(422, {
      ok: false,
      code: "invalid_fields",
      message: "Correct the field invitation.",
      errors: [{ field: "invitation", message: "This invitation does not hold any more; ask for a new one." }],
    }),
  );
  const onDone = vi.fn();
  show(<Invitation token="t" onDone={onDone} />);
  await userEvent.type(screen.getByLabelText(/New password/), "correct horse battery");
  await userEvent.click(screen.getByRole("button", { name: "Set the password and sign in" }));
  expect(await screen.findByRole("alert")).toBeTruthy();
  expect(onDone).not.toHaveBeenCalled();
});
