import { Button, Group, Modal, NumberInput, Select, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";
import { api, result } from "../../api/client";
import { Refusal } from "../../api/refusal";
import type { Chargestation } from "../../api/resources";
import { Pick } from "../../parts/Pick";
import { drivers, onlineStations } from "../../parts/sources";
import { ErrorState } from "../../parts/states";
import { tell } from "../../parts/tell";
import { useOnce } from "../../parts/useOnce";
import { useWords } from "../../words";

interface Props {
  opened: boolean;
  onClose: () => void;
  station?: Chargestation;
  connector?: string;
}

export function StartSession({ opened, onClose, station, connector }: Props) {
  const { sessions: words, common } = useWords();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={words.startForm.title}
      closeButtonProps={{ "aria-label": common.close }}
    >
      <Form onClose={onClose} station={station} connector={connector} />
    </Modal>
  );
}

type Target = { time?: number; energy?: number; cost?: number; state_of_charge?: number };

function Form({ onClose, station, connector }: Omit<Props, "opened">) {
  const { sessions: words, chargestation: stationWords, common, status } = useWords();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [picked, setPicked] = useState<Chargestation>();
  const [connectorId, setConnector] = useState(connector ?? null);
  const [user, setUser] = useState<string | null>(null);
  const [target, setTarget] = useState<Target>({});
  const chosen = station ?? picked;
  const once = useOnce();
  const starting = useMutation({
    mutationFn: () => {
      const body = { connector: connectorId ?? "", user: user ?? "", target };
      return once((headers) => result(api.POST("/sessions", { body, headers })));
    },
    onSuccess: (session) => {
      void queries.invalidateQueries({ queryKey: ["sessions"] });
      tell(words.startForm.requested);
      onClose();
      void navigate(`/sessions/${session._id}`);
    },
  });
  const fields = starting.error instanceof Refusal ? starting.error.fields : {};
  const submit = (e: FormEvent) => {
    e.preventDefault();
    starting.mutate();
  };
  const limit = (key: keyof Target) => ({
    size: "xs" as const,
    min: 0,
    hideControls: true,
    label: words.startForm[key === "state_of_charge" ? "soc" : key],
    value: target[key] ?? "",
    error: fields[`target.${key}`],
    onChange: (value: string | number) =>
      setTarget((now) => ({ ...now, [key]: value === "" ? undefined : Number(value) })),
  });
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {words.startForm.about}
        </Text>
        {!station && (
          <Pick
            label={words.startForm.station}
            source={onlineStations}
            required
            value={picked?._id ?? null}
            onChange={(_id, next) => {
              setPicked(next);
              setConnector(null);
            }}
          />
        )}
        <Select
          label={words.startForm.connector}
          required
          error={fields.connector}
          value={connectorId}
          data={(chosen?.connectors ?? []).map((c) => ({
            value: c._id,
            label: `${stationWords.connector(String(c.connectorId))}: ${(status as Record<string, string>)[c.status ?? "unknown"] ?? c.status}`,
            disabled: !c.active,
          }))}
          onChange={setConnector}
        />
        <Pick
          label={words.startForm.driver}
          source={drivers}
          required
          error={fields.user}
          value={user}
          isDisabled={(one) => !one.active}
          onChange={setUser}
        />
        <Text size="sm" fw={500} mt={4}>
          {words.startForm.limits} ({common.optional})
        </Text>
        <Group grow gap="xs" align="flex-end">
          <NumberInput {...limit("time")} />
          <NumberInput {...limit("energy")} />
          <NumberInput {...limit("cost")} />
          <NumberInput {...limit("state_of_charge")} max={100} />
        </Group>
        {starting.error && Object.keys(fields).length === 0 && <ErrorState error={starting.error} />}
        <Group justify="flex-end" gap="xs" mt="xs">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={starting.isPending} disabled={!connectorId || !user}>
            {words.startForm.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
