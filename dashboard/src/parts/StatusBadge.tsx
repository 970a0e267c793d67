import { Badge, type MantineColor } from "@mantine/core";
import { useWords } from "../words";

/** Colour helps, the word says it. */
const colors: Record<string, MantineColor> = {
  online: "teal",
  offline: "red",
  archived: "gray",
  planned: "gray",
  Available: "teal",
  Preparing: "cyan",
  Charging: "blue",
  SuspendedEV: "yellow",
  SuspendedEVSE: "yellow",
  Finishing: "cyan",
  Reserved: "violet",
  Unavailable: "gray",
  Faulted: "red",
  Occupied: "blue",
  created: "cyan",
  Started: "blue",
  Ended: "gray",
  cancelled: "orange",
  APIRequested: "cyan",
  requested: "cyan",
  completed: "teal",
  failed: "red",
  active: "teal",
  inactive: "gray",
  invited: "cyan",
  revoked: "red",
  expired: "orange",
  delivered: "teal",
  pending: "cyan",
  exhausted: "red",
  none: "teal",
  low: "cyan",
  medium: "yellow",
  high: "orange",
  critical: "red",
  accepted: "teal",
  refused: "red",
  soft: "yellow",
  hard: "red",
};

export function StatusBadge({ status, size = "sm" }: { status: string | undefined; size?: "xs" | "sm" | "md" }) {
  const { status: words } = useWords();
  const shown = status ?? "unknown";
  return (
    <Badge size={size} variant="light" color={colors[shown] ?? "gray"} tt="none" fw={600} radius="sm" miw="max-content">
      {(words as Record<string, string>)[shown] ?? shown}
    </Badge>
  );
}
