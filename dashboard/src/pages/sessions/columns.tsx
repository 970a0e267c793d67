import { Anchor } from "@mantine/core";
import { useMemo } from "react";
import { Link } from "react-router";
import { useFormat } from "../../parts/format";
import { StatusBadge } from "../../parts/StatusBadge";
import type { Column } from "../../parts/VirtualTable";
import { When } from "../../parts/When";
import { useWords } from "../../words";
import { driverOf, type ExpandedSession, pluggedIn, stationOf } from "./expanded";

export function useColumns(): Column<ExpandedSession>[] {
  const { sessions: words } = useWords();
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: "driver",
        title: words.columns.driver,
        width: "minmax(0, 1.2fr)",
        cell: (session) => (
          <Anchor component={Link} to={`/sessions/${session._id}`} fw={600} size="sm" c="var(--mantine-color-text)">
            {driverOf(session) ?? words.unknownDriver}
          </Anchor>
        ),
      },
      {
        key: "status",
        title: words.columns.status,
        width: "100px",
        cell: (session) => <StatusBadge status={session.status} />,
      },
      {
        key: "station",
        title: words.columns.station,
        width: "minmax(0, 1.4fr)",
        from: "tablet",
        cell: (s) => stationOf(s).name,
      },
      {
        key: "began",
        sort: "chargingStart",
        title: words.columns.began,
        width: "130px",
        from: "tablet",
        cell: (s) => <When at={s.metrics.chargingStart ?? s.createdAt} zone={s.metrics.timezone} />,
      },
      {
        key: "duration",
        title: words.columns.duration,
        width: "110px",
        align: "right",
        from: "desktop",
        cell: (session) => {
          const seconds = pluggedIn(session);
          return seconds === undefined ? "" : format.duration(seconds);
        },
      },
      {
        key: "power",
        title: words.columns.power,
        width: "90px",
        align: "right",
        from: "desktop",
        cell: (s) =>
          s.status === "Started" && s.energy_report?.power ? format.power(s.energy_report.power.value) : "",
      },
      {
        key: "energy",
        title: words.columns.energy,
        width: "96px",
        align: "right",
        cell: (session) => format.energy(session.metrics.energyConsumed),
      },
      {
        key: "cost",
        title: words.columns.cost,
        width: "90px",
        align: "right",
        from: "tablet",
        cell: ({ cost }) => (cost ? format.money(cost.amount, cost.currency) : ""),
      },
      {
        key: "source",
        title: words.columns.source,
        width: "110px",
        from: "wide",
        cell: (session) => (words.sources as Record<string, string>)[session.source] ?? session.source,
      },
    ],
    [words, format],
  );
}
