import { expect, test } from "vitest";
import en from "../../words/en";
import { type Member, reasonOf } from "./reason";

const { why } = en.loadGroups;
const member = (part: Partial<Member>): Member => ({
  connector: "k1",
  chargestation: "c1",
  state: "charging",
  message: "It has its share.",
  ...part,
});

test("a session that charges is told why by what it may draw and what it is to have", () => {
  expect(reasonOf(member({ limit: 11, share: 11 }), why).sentence).toBe(why.even);
  expect(reasonOf(member({ limit: 6, share: 11 }), why).sentence).toBe(why.more);
  expect(reasonOf(member({ limit: 22, share: 11 }), why).sentence).toBe(why.less);
});

test("what a station answered is told beside the sentence, and an unknown state by the API's own words", () => {
  const told = "The station did not take its limit (Rejected); all that it may draw is set aside for it.";
  expect(reasonOf(member({ state: "refused", message: told }), why)).toEqual({ sentence: why.refused, detail: told });
  expect(reasonOf(member({ state: "asleep", message: "It sleeps." }), why)).toEqual({ sentence: "It sleeps." });
  expect(reasonOf(member({ state: "idle", message: "No session runs." }), why)).toEqual({ sentence: why.idle });
});
