import { Anchor, Button, Group, Menu, Paper, Stack, Text } from "@mantine/core";
import { IconBolt, IconDots, IconPlayerStop } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { api, result } from "../../api/client";
import type { Chargestation, Connector, Session } from "../../api/resources";
import { useFormat } from "../../parts/format";
import { StatusBadge } from "../../parts/StatusBadge";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import { StartSession } from "../sessions/StartSession";
import { StopSession } from "../sessions/StopSession";
import { SetRate } from "./SetRate";

interface Props {
  station: Chargestation;
  connector: Connector;
  session: Session | undefined;
}

export function ConnectorCard({ station, connector, session }: Props) {
  const { chargestation: words } = useWords();
  const { may } = useMe();
  const [open, setOpen] = useState<"start" | "stop" | "rate">();
  const said = connector.raw_message as { errorCode?: string; info?: string } | undefined;
  const isFree = !session && connector.active && station.online && station.active;
  const kind = [
    connector.type,
    connector.power && `${connector.power} kW`,
    connector.evseId && words.evse(String(connector.evseId)),
  ];
  const close = () => setOpen(undefined);
  return (
    <Paper p="md" component="section" data-span={6} aria-label={words.connector(String(connector.connectorId))}>
      <Group justify="space-between" wrap="nowrap" mb="xs">
        <div>
          <Text fw={600}>{words.connector(String(connector.connectorId))}</Text>
          <Text size="xs" c="dimmed">
            {kind.filter(Boolean).join(" · ")}
          </Text>
        </div>
        <Group gap={6} wrap="nowrap">
          <StatusBadge status={connector.status} size="md" />
          <More station={station} connector={connector} onRate={() => setOpen("rate")} />
        </Group>
      </Group>
      <Stack gap={6}>
        {!connector.active && <StatusLine text={words.outOfService} />}
        {said?.errorCode && said.errorCode !== "NoError" && (
          <StatusLine text={`${words.error}: ${said.errorCode}${said.info ? ` (${said.info})` : ""}`} />
        )}
        {session ? <Running session={session} /> : <RateLine connector={connector} />}
        {may("write:sessions") && (
          <Group gap="xs" mt={6}>
            {session ? (
              <Button
                size="xs"
                variant="default"
                leftSection={<IconPlayerStop size={14} />}
                onClick={() => setOpen("stop")}
              >
                {words.stop}
              </Button>
            ) : (
              <Button
                size="xs"
                leftSection={<IconBolt size={14} />}
                disabled={!isFree}
                onClick={() => setOpen("start")}
              >
                {words.start}
              </Button>
            )}
          </Group>
        )}
      </Stack>
      <StartSession opened={open === "start"} onClose={close} station={station} connector={connector._id} />
      {session && <StopSession opened={open === "stop"} onClose={close} session={session} />}
      {open === "rate" && <SetRate connector={connector} onClose={close} />}
    </Paper>
  );
}

function StatusLine({ text }: { text: string }) {
  return (
    <Text size="sm" c="var(--warn)" fw={500}>
      {text}
    </Text>
  );
}

function RateLine({ connector }: { connector: Connector }) {
  const { chargestation: words } = useWords();
  const rate = connector.rate as { name?: string } | undefined;
  return (
    <Text size="sm" c="dimmed">
      {words.rate}: {rate?.name ?? words.noRate}
    </Text>
  );
}

function Running({ session }: { session: Session }) {
  const { chargestation: words } = useWords();
  const format = useFormat();
  const { power, state_of_charge: soc } = session.energy_report ?? {};
  const figures = [
    power && format.power(power.value),
    format.energy(session.metrics.energyConsumed),
    soc && format.percent(soc.value),
    session.cost && format.money(session.cost.amount, session.cost.currency),
  ];
  return (
    <div>
      <Text size="lg" fw={600} className="tabular">
        {figures.filter(Boolean).join(" · ")}
      </Text>
      <Anchor component={Link} to={`/sessions/${session._id}`} size="sm">
        {words.session}
      </Anchor>
    </div>
  );
}

function More({ station, connector, onRate }: { station: Chargestation; connector: Connector; onRate: () => void }) {
  const { chargestation: words } = useWords();
  const { may } = useMe();
  const queries = useQueryClient();
  if (!may("write:connectors")) return null;
  const block = async () => {
    await result(
      api.PATCH("/connectors/{id}", { params: { path: { id: connector._id } }, body: { active: !connector.active } }),
    );
    void queries.invalidateQueries({ queryKey: ["chargestations", "one", station._id] });
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="compact-sm" variant="subtle" color="gray" aria-label={words.edit}>
          <IconDots size={16} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onRate}>{words.setRate}</Menu.Item>
        <Menu.Item onClick={() => void block()}>{connector.active ? words.block : words.unblock}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
