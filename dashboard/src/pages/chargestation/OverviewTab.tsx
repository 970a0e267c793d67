import { Anchor, Group, Stack, Text } from "@mantine/core";
import { IconPlugConnected } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { answer, api } from "../../api/client";
import { type Chargestation, useLocations } from "../../api/resources";
import { Facts } from "../../parts/Facts";
import { useFormat } from "../../parts/format";
import { Panel } from "../../parts/Panel";
import { Qr } from "../../parts/Qr";
import { Copy } from "../../parts/Secret";
import { EmptyState } from "../../parts/states";
import { useWords } from "../../words";
import { ConnectorCard } from "./ConnectorCard";

export function OverviewTab({ station }: { station: Chargestation }) {
  const { chargestation: words } = useWords();
  const running = useQuery({
    queryKey: ["sessions", "some", { chargestation: station._id, status: "Started" }],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/sessions", {
          params: { query: { chargestation: station._id, status: "Started", paginate_limit: 100 } },
          signal,
        }),
      ),
  });
  return (
    <div className="grid">
      <Stack gap="md" data-span={8}>
        {station.connectors.length === 0 ? (
          <Panel title={words.connectors}>
            <EmptyState title={words.noConnectors} icon={IconPlugConnected}>
              {words.noConnectorsAbout}
            </EmptyState>
          </Panel>
        ) : (
          <div className="grid">
            {station.connectors.map((connector) => (
              <ConnectorCard
                key={connector._id}
                station={station}
                connector={connector}
                session={running.data?.result.find((s) => s.connector === connector._id && s.status === "Started")}
              />
            ))}
          </div>
        )}
      </Stack>
      <Stack gap="md" data-span={4}>
        <About station={station} />
        <Panel title={words.qr.title}>
          <Group align="flex-start" gap="md" wrap="wrap">
            <Qr text={station.connection_url} label={words.qr.label} />
            <Stack gap={6} style={{ flex: "1 1 160px", minWidth: 0 }}>
              <Text size="sm" c="dimmed">
                {words.qr.about}
              </Text>
              <Text className="mono" style={{ overflowWrap: "anywhere" }}>
                {station.connection_url}
              </Text>
              <div>
                <Copy value={station.connection_url} />
              </div>
            </Stack>
          </Group>
        </Panel>
      </Stack>
    </div>
  );
}

function About({ station }: { station: Chargestation }) {
  const { chargestation: words, chargestations, common } = useWords();
  const locations = useLocations();
  const location = locations.data?.result.find((l) => l._id === station.location);
  const format = useFormat(location?.timezone);
  const boot = station.bootInfo;
  return (
    <Panel
      title={words.about}
      actions={
        <Anchor component={Link} to={`/sessions?chargestation=${station._id}`} size="sm">
          {words.sessionsHere}
        </Anchor>
      }
    >
      <Facts
        of={[
          [
            words.facts.location,
            location && (
              <Anchor component={Link} to={`/locations/${location._id}`} size="sm">
                {location.name}
              </Anchor>
            ),
          ],
          [words.facts.model, [boot?.chargePointVendor, boot?.chargePointModel].filter(Boolean).join(" ")],
          [words.facts.serial, boot?.chargePointSerialNumber ?? boot?.chargeBoxSerialNumber],
          [words.facts.firmware, boot?.firmwareVersion],
          [words.facts.protocol, station.protocol?.replace("ocpp", "OCPP ")],
          [words.facts.lastConnect, station.online && station.lastConnectAt && format.exact(station.lastConnectAt)],
          [
            words.facts.lastDisconnect,
            !station.online && station.lastDisconnectAt && format.exact(station.lastDisconnectAt),
          ],
          [words.facts.lastMessage, station.lastMessageAt && format.exact(station.lastMessageAt)],
          [words.facts.sim, boot?.iccid],
          [
            words.facts.security,
            (chargestations.form.securities as Record<string, string>)[station.security.type] ?? station.security.type,
          ],
          [words.facts.public, station.public ? common.yes : common.no],
          [words.facts.created, format.dateTime(station.createdAt)],
          [words.facts.description, station.description],
        ]}
      />
    </Panel>
  );
}
