import { Table, Text } from "@mantine/core";
import { LineCells, lineKey } from "../../parts/BillLine";
import { useFormat } from "../../parts/format";
import { Panel } from "../../parts/Panel";
import { Scrollable } from "../../parts/Scrollable";
import { useWords } from "../../words";
import type { ExpandedSession } from "../sessions/expanded";

/** The bill as the server reckons it; nothing is added up here that it has not added up. */
export function Breakdown({ session }: { session: ExpandedSession }) {
  const { session: words } = useWords();
  const format = useFormat(session.metrics.timezone);
  const { cost } = session;
  if (!cost)
    return (
      <Panel title={words.breakdown}>
        <Text size="sm" c="dimmed">
          {words.noCost}
        </Text>
      </Panel>
    );
  const money = (amount: number) => format.money(amount, cost.currency);
  return (
    <Panel title={words.breakdown} about={session.status === "Started" ? words.breakdownOpen : undefined} isFlush>
      <Scrollable label={words.breakdown}>
        <Table className="tabular">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.lines.what}</Table.Th>
              <Table.Th ta="right">{words.lines.quantity}</Table.Th>
              <Table.Th ta="right">{words.lines.price}</Table.Th>
              <Table.Th ta="right">{words.lines.net}</Table.Th>
              <Table.Th ta="right">{words.lines.tax}</Table.Th>
              <Table.Th ta="right">{words.lines.total}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {cost.breakdown.map((line) => (
              <Table.Tr key={lineKey(line)}>
                <LineCells line={line} currency={cost.currency} format={format} />
                <Table.Td ta="right">{format.exactMoney(line.beforeTax, cost.currency)}</Table.Td>
                <Table.Td ta="right">
                  {format.exactMoney(line.totalTax, cost.currency)}
                  <Text size="xs" c="dimmed">
                    {format.number(line.tax, 2)} %
                  </Text>
                </Table.Td>
                <Table.Td ta="right">{format.exactMoney(line.totalCost, cost.currency)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
          <Table.Tfoot>
            <Table.Tr>
              <Table.Th colSpan={5}>{words.lines.amount}</Table.Th>
              <Table.Th ta="right">{money(cost.amount)}</Table.Th>
            </Table.Tr>
          </Table.Tfoot>
        </Table>
      </Scrollable>
    </Panel>
  );
}
