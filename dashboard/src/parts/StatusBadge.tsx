import { useWords } from "../words";
import classes from "./StatusBadge.module.css";

type Tone = "good" | "info" | "busy" | "warn" | "bad" | "quiet" | "kept";

/** Colour helps, the word says it. */
const tones: Record<string, Tone> = {
  online: "good",
  offline: "bad",
  Available: "good",
  Preparing: "busy",
  Charging: "info",
  SuspendedEV: "warn",
  SuspendedEVSE: "warn",
  Finishing: "busy",
  Reserved: "kept",
  Faulted: "bad",
  Occupied: "info",
  created: "busy",
  Started: "info",
  cancelled: "warn",
  APIRequested: "busy",
  requested: "busy",
  completed: "good",
  failed: "bad",
  active: "good",
  invited: "busy",
  revoked: "bad",
  expired: "warn",
  delivered: "good",
  pending: "busy",
  exhausted: "bad",
  none: "good",
  low: "busy",
  medium: "warn",
  high: "bad",
  critical: "bad",
  accepted: "good",
  refused: "bad",
  used: "info",
  waiting: "busy",
  charging: "info",
  soft: "warn",
  hard: "bad",
};

export function StatusBadge({ status, size = "sm" }: { status: string | undefined; size?: "xs" | "sm" | "md" }) {
  const { status: words } = useWords();
  const shown = status ?? "unknown";
  return (
    <span className={classes.badge} data-tone={tones[shown] ?? "quiet"} data-size={size}>
      {(words as Record<string, string>)[shown] ?? shown}
    </span>
  );
}
