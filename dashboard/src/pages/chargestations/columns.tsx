import { Anchor, Group, Text } from "@mantine/core";
import { useMemo } from "react";
import { Link } from "react-router";
import type { Chargestation } from "../../api/resources";
import { ConnectorDots } from "../../parts/ConnectorDots";
import { useFormat } from "../../parts/format";
import { StatusBadge } from "../../parts/StatusBadge";
import type { Column } from "../../parts/VirtualTable";
import { useWords } from "../../words";

export function linkStatus(station: Pick<Chargestation, "active" | "online" | "lastConnectAt">): string {
  if (!station.active) return "archived";
  if (station.online) return "online";
  return station.lastConnectAt ? "offline" : "planned";
}

export function useColumns(locationName: (id: string | undefined) => string | undefined): Column<Chargestation>[] {
  const { chargestations: words } = useWords();
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: "name",
        sort: "name",
        title: words.columns.name,
        width: "minmax(0, 2fr)",
        cell: (station) => (
          <Group gap={8} wrap="nowrap">
            <Anchor
              component={Link}
              to={`/chargestations/${station._id}`}
              fw={600}
              size="sm"
              c="var(--mantine-color-text)"
              truncate
            >
              {station.name}
            </Anchor>
            <Text size="xs" c="dimmed" className="mono wide-only" truncate>
              {station.endpoint}
            </Text>
          </Group>
        ),
      },
      {
        key: "status",
        title: words.columns.status,
        width: "112px",
        phoneWidth: "94px",
        cell: (station) => <StatusBadge status={linkStatus(station)} />,
      },
      {
        key: "connectors",
        title: words.columns.connectors,
        width: "88px",
        phoneWidth: "74px",
        cell: (station) => <ConnectorDots of={station.connectors} />,
      },
      {
        key: "location",
        title: words.columns.location,
        width: "minmax(0, 1.2fr)",
        from: "tablet",
        cell: (station) => locationName(station.location) ?? "",
      },
      {
        key: "model",
        title: words.columns.model,
        width: "minmax(0, 1.2fr)",
        from: "wide",
        cell: ({ bootInfo }) => [bootInfo?.chargePointVendor, bootInfo?.chargePointModel].filter(Boolean).join(" "),
      },
      {
        key: "protocol",
        title: words.columns.protocol,
        width: "100px",
        from: "desktop",
        cell: (s) => s.protocol?.replace("ocpp", "OCPP ") ?? "",
      },
      {
        key: "since",
        title: words.columns.since,
        width: "120px",
        from: "tablet",
        align: "right",
        cell: (station) => {
          const since = station.online ? station.lastConnectAt : station.lastDisconnectAt;
          return since ? format.when(since) : "";
        },
      },
    ],
    [words, format, locationName],
  );
}
