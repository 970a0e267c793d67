import type { Schemas } from "../../api/client";
import type { Words } from "../../words";

export type Member = Schemas["Load"]["connectors"][number];

/** Why a connector gets what it gets, in the reader's language; the API's sentence where it says more. */
export function reasonOf(
  { state, session, limit, share, message }: Member,
  why: Words["loadGroups"]["why"],
): { sentence: string; detail?: string } {
  switch (state) {
    case "idle":
      return message === "No session runs." ? { sentence: why.idle } : { sentence: why.idle, detail: message };
    case "waiting":
      return { sentence: why.waiting };
    case "offline":
      return { sentence: session ? why.offline : why.offlineIdle };
    case "refused":
      return { sentence: why.refused, detail: message };
    case "charging":
      return { sentence: chargingOf(limit ?? 0, share ?? 0, why) };
    default:
      return { sentence: message };
  }
}

function chargingOf(limit: number, share: number, why: Words["loadGroups"]["why"]): string {
  if (limit < share) return why.more;
  return limit > share ? why.less : why.even;
}
