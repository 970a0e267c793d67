import { Table, Text } from "@mantine/core";
import type { Schemas } from "../api/client";
import { useWords } from "../words";
import type { useFormat } from "./format";

export type Line = NonNullable<Schemas["Session"]["cost"]>["breakdown"][number];

/** A line of a bill is its own by these: nothing else of it is. */
export const lineKey = (line: Line): string => `${line.type} ${line.rateName} ${line.period.startTime}`;

/** The first cells of a bill's line: what for, how much of it, at what price. */
export function LineCells({
  line,
  currency,
  format,
}: {
  line: Line;
  currency: string;
  format: ReturnType<typeof useFormat>;
}) {
  const { session: words } = useWords();
  const types = words.types as Record<string, string>;
  const units = words.units as Record<string, string>;
  return (
    <>
      <Table.Td>
        {types[line.type] ?? line.type}
        <Text size="xs" c="dimmed">
          {line.rateName}, {format.clock(line.period.startTime)}–{format.clock(line.period.endTime)}
        </Text>
      </Table.Td>
      <Table.Td ta="right">
        {format.number(line.quantity, 3)} {units[line.unit] ?? line.unit}
      </Table.Td>
      <Table.Td ta="right">{format.exactMoney(line.unitPrice, currency)}</Table.Td>
    </>
  );
}
