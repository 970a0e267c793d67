import { type Chargestation, type Session, type User, userName } from "../../api/resources";

/** A session whose references were asked to be expanded; each is an id again where the other thing is gone. */
export type ExpandedSession = Omit<Session, "user" | "chargestation"> & {
  user?: string | User;
  chargestation: string | Chargestation;
};

/** The document words references as ids; include_user and include_chargestation put the things there. */
export const expanded = (session: Session): ExpandedSession => session;

export function driverOf({ user }: ExpandedSession): string | undefined {
  return typeof user === "object" ? userName(user) : undefined;
}

export function stationOf({ chargestation }: ExpandedSession): { id: string; name: string; location?: string } {
  return typeof chargestation === "object"
    ? { id: chargestation._id, name: chargestation.name, location: chargestation.location }
    : { id: chargestation, name: chargestation };
}

/** Seconds since the start; up to now while it runs. */
export function pluggedIn({ metrics, status }: ExpandedSession, now = Date.now()): number | undefined {
  if (!metrics.chargingStart) return undefined;
  const end = metrics.chargingStop ? new Date(metrics.chargingStop).getTime() : status === "Started" ? now : undefined;
  return end === undefined ? undefined : (end - new Date(metrics.chargingStart).getTime()) / 1000;
}
