import { Group, Text } from "@mantine/core";
import { useFormat } from "../../parts/format";
import { Panel } from "../../parts/Panel";
import { useWords } from "../../words";
import type { ExpandedSession } from "../sessions/expanded";
import classes from "./Session.module.css";

/** When the car drew energy and when it did not, as one strip. */
export function Activity({ session }: { session: ExpandedSession }) {
  const { session: words, status } = useWords();
  const format = useFormat(session.metrics.timezone);
  const names = status as Record<string, string>;
  const pieces = session.charging_activity
    .map((piece) => ({ ...piece, seconds: (endOf(piece.endTime) - new Date(piece.startTime).getTime()) / 1000 }))
    .filter((piece) => piece.seconds > 0);
  if (pieces.length === 0) return null;
  const sums = new Map<string, number>();
  for (const piece of pieces) sums.set(piece.status, (sums.get(piece.status) ?? 0) + piece.seconds);
  return (
    <Panel title={words.activity}>
      <div className={classes.strip} aria-hidden>
        {pieces.map((piece) => (
          <span
            key={piece.startTime}
            data-status={piece.status}
            style={{ flexGrow: piece.seconds }}
            title={`${names[piece.status] ?? piece.status}, ${format.time(piece.startTime)}`}
          />
        ))}
      </div>
      <Group gap="lg" mt="xs">
        {[...sums].map(([name, seconds]) => (
          <Group key={name} gap={6}>
            <span className={classes.swatch} data-status={name} />
            <Text size="sm">
              {names[name] ?? name}: {format.duration(seconds)}
            </Text>
          </Group>
        ))}
      </Group>
    </Panel>
  );
}

function endOf(endTime: string | undefined): number {
  return endTime ? new Date(endTime).getTime() : Date.now();
}
