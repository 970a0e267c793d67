import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { offlineCode, Refusal } from "../api/refusal";
import { show } from "../testing-page";
import { WordsContext } from "../words";
import de from "../words/de";
import en from "../words/en";
import { Confirm } from "./Confirm";
import { ErrorState, sentenceOf } from "./states";

test("a refusal is told in the API's words, with what to quote", () => {
  show(
    <ErrorState error={new Refusal(409, "chargestation_offline", "The station is offline; try later.", {}, "req_1")} />,
  );
  expect(screen.getByRole("alert").textContent).toContain("The station is offline; try later.");
  expect(screen.getByText("req_1")).toBeTruthy();
});

test("a code that is known heads the API's sentence, in the reader's language", () => {
  const refusal = new Refusal(409, "connector_busy", "A session is open on this connector; stop it first.");
  expect(sentenceOf(refusal, en)).toBe(refusal.message);
  expect(sentenceOf(refusal, de)).toContain(de.refusals.connector_busy);
  show(
    <WordsContext value={de}>
      <ErrorState error={refusal} />
    </WordsContext>,
  );
  const alert = screen.getByRole("alert");
  expect(alert.textContent).toContain(de.refusals.connector_busy);
  expect(screen.getByText(refusal.message).lang).toBe("en");
});

test("a server that cannot be reached is told with what to do, and can be asked again", async () => {
  const again = vi.fn();
  show(<ErrorState error={new Refusal(0, offlineCode, "")} again={again} />);
  expect(screen.getByRole("alert").textContent).toContain("The server cannot be reached");
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(again).toHaveBeenCalledOnce();
});

test("what cannot be taken back asks for its name, and stays open when it is refused", async () => {
  const onAct = vi.fn().mockRejectedValue(new Refusal(409, "has_sessions", "Archive it instead."));
  const onClose = vi.fn();
  show(
    <Confirm
      opened
      title="Delete it"
      onClose={onClose}
      typed="Hall 7"
      radius={["2 connectors"]}
      act="Delete"
      onAct={onAct}
    >
      It goes.
    </Confirm>,
  );
  const act = screen.getByRole<HTMLButtonElement>("button", { name: "Delete" });
  expect(screen.getByText("2 connectors")).toBeTruthy();
  expect(act.disabled).toBe(true);
  await userEvent.type(screen.getByLabelText("Type Hall 7 to confirm"), "Hall 7");
  expect(act.disabled).toBe(false);
  await userEvent.click(act);
  expect(await screen.findByText("Archive it instead.")).toBeTruthy();
  expect(onClose).not.toHaveBeenCalled();
});

test("a confirmation inside a form does not send that form", async () => {
  const outer = vi.fn();
  const onAct = vi.fn().mockResolvedValue(undefined);
  show(
    <form onSubmit={outer}>
      <Confirm opened title="Delete it" onClose={() => {}} act="Delete" onAct={onAct}>
        It goes.
      </Confirm>
    </form>,
  );
  await userEvent.click(screen.getByRole("button", { name: "Delete" }));
  expect(onAct).toHaveBeenCalledOnce();
  expect(outer).not.toHaveBeenCalled();
});
