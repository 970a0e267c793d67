import { Anchor, Table } from "@mantine/core";
import { IconBolt } from "@tabler/icons-react";
import { type UseQueryResult, useQueries } from "@tanstack/react-query";
import { Link } from "react-router";
import { api, type Page, result } from "../../api/client";
import type { Session } from "../../api/resources";
import { useFormat } from "../../parts/format";
import { Panel } from "../../parts/Panel";
import { EmptyState, Shown } from "../../parts/states";
import { useWords } from "../../words";
import classes from "./Overview.module.css";

const most = 8;

export function Running({ running }: { running: UseQueryResult<Pick<Page<Session>, "result" | "total">> }) {
  const { overview, sessions, common } = useWords();
  const words = overview.running;
  const format = useFormat();
  const shown = running.data?.result.slice(0, most) ?? [];
  const names = useStationNames(shown.map((session) => session.chargestation));
  return (
    <Panel
      title={words.title}
      isFlush
      actions={
        <Anchor component={Link} to="/sessions?status=Started" size="sm">
          {common.all}
        </Anchor>
      }
    >
      <Shown of={running}>
        {() =>
          shown.length === 0 ? (
            <EmptyState title={words.none} icon={IconBolt}>
              {words.noneAbout}
            </EmptyState>
          ) : (
            <Table className="tabular" highlightOnHover horizontalSpacing="sm">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{sessions.columns.station}</Table.Th>
                  <Table.Th ta="right">{sessions.columns.power}</Table.Th>
                  <Table.Th ta="right">{sessions.columns.energy}</Table.Th>
                  <Table.Th ta="right">{sessions.columns.cost}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {shown.map((session) => (
                  <Table.Tr key={session._id}>
                    <Table.Td className={`${classes.station} truncate`}>
                      <Anchor
                        component={Link}
                        to={`/sessions/${session._id}`}
                        size="sm"
                        fw={600}
                        c="var(--mantine-color-text)"
                      >
                        {names.get(session.chargestation) ?? "…"}
                      </Anchor>
                    </Table.Td>
                    <Table.Td ta="right">
                      {session.energy_report?.power ? format.power(session.energy_report.power.value) : ""}
                    </Table.Td>
                    <Table.Td ta="right">{format.energy(session.metrics.energyConsumed)}</Table.Td>
                    <Table.Td ta="right">
                      {session.cost ? format.money(session.cost.amount, session.cost.currency) : ""}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Shown>
    </Panel>
  );
}

/** Few names are shown, so each is asked for by itself; the list of all would carry every station with its connectors. */
function useStationNames(ids: string[]): Map<string, string> {
  const stations = useQueries({
    queries: [...new Set(ids)].map((id) => ({
      queryKey: ["chargestations", "one", id],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        result(api.GET("/chargestations/{id}", { params: { path: { id } }, signal })),
    })),
  });
  return new Map(stations.flatMap(({ data }) => (data ? [[data._id, data.name] as const] : [])));
}
