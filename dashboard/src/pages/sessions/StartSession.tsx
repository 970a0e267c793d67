import { Button, Group, Modal, NumberInput, Select, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";
import { answer, api, result } from "../../api/client";
import { Refusal } from "../../api/refusal";
import { type Chargestation, mostRows, userName, useUsers } from "../../api/resources";
import { useFormat } from "../../parts/format";
import { ErrorState } from "../../parts/states";
import { tell } from "../../parts/tell";
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
  const format = useFormat();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const users = useUsers();
  const online = useOnlineStations(station === undefined);
  const [stationId, setStation] = useState(station?._id ?? null);
  const [connectorId, setConnector] = useState(connector ?? null);
  const [user, setUser] = useState<string | null>(null);
  const [target, setTarget] = useState<Target>({});
  const chosen = station ?? online.data?.result.find((s) => s._id === stationId);
  const starting = useMutation({
    mutationFn: () =>
      result(api.POST("/sessions", { body: { connector: connectorId ?? "", user: user ?? "", target } })),
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
          <Select
            label={words.startForm.station}
            description={
              online.data && online.data.total > online.data.result.length
                ? words.startForm.stationHint(
                    format.number(online.data.result.length),
                    format.number(online.data.total),
                  )
                : undefined
            }
            required
            searchable
            limit={100}
            value={stationId}
            data={(online.data?.result ?? []).map((s) => ({ value: s._id, label: `${s.name} (${s.endpoint})` }))}
            onChange={(next) => {
              setStation(next);
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
        <Select
          label={words.startForm.driver}
          description={users.data?.total === 0 ? words.startForm.noDriver : undefined}
          required
          searchable
          limit={100}
          error={fields.user}
          value={user}
          data={(users.data?.result ?? []).map((u) => ({ value: u._id, label: userName(u), disabled: !u.active }))}
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

function useOnlineStations(isWanted: boolean) {
  return useQuery({
    queryKey: ["chargestations", "some", "online"],
    enabled: isWanted,
    queryFn: ({ signal }) =>
      answer(
        api.GET("/chargestations", {
          params: { query: { online: true, active: true, paginate_limit: mostRows } },
          signal,
        }),
      ),
  });
}
