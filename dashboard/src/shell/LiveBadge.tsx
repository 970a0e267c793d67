import { Badge, type MantineColor, Tooltip } from "@mantine/core";
import { useLive } from "../live/Live";
import type { LiveState } from "../live/stream";
import { useWords } from "../words";

const colors: Record<LiveState, MantineColor> = {
  connecting: "gray",
  connected: "teal",
  reconnecting: "yellow",
  offline: "red",
};

export function LiveBadge() {
  const { shell } = useWords();
  const { state } = useLive();
  return (
    <Tooltip label={shell.live.hints[state]} multiline maw={260}>
      <Badge
        variant="dot"
        color={colors[state]}
        tt="none"
        fw={600}
        role="status"
        aria-live="polite"
        aria-label={`${shell.live[state]}. ${shell.live.hints[state]}`}
        style={{ flex: "none" }}
      >
        {shell.live[state]}
      </Badge>
    </Tooltip>
  );
}
