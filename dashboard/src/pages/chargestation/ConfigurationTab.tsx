import { Alert, Button, Group, Modal, Stack, Table, Text, TextInput } from "@mantine/core";
import { IconAdjustments, IconRefresh } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answer, api, result } from "../../api/client";
import { Refusal } from "../../api/refusal";
import type { Action, Chargestation } from "../../api/resources";
import { useLiveEvents } from "../../live/Live";
import { useFormat } from "../../parts/format";
import { Panel } from "../../parts/Panel";
import { Scrollable } from "../../parts/Scrollable";
import { SearchField } from "../../parts/SearchField";
import { EmptyState, ErrorState } from "../../parts/states";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import { ActionList } from "./ActionList";

interface Told {
  configurationKey?: { key: string; readonly?: boolean }[];
}

export function ConfigurationTab({ station }: { station: Chargestation }) {
  const { chargestation: words, common } = useWords();
  const format = useFormat();
  const { may } = useMe();
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const [edited, setEdited] = useState<{ key: string; value: string }>();
  const mayWrite = may("write:chargestations");
  const reading = useMutation({
    mutationFn: () => result(api.GET("/chargestations/{id}/configurations", { params: { path: { id: station._id } } })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ["actions", "list", station._id] }),
  });
  useLiveEvents(({ object, type, data }) => {
    if (object === "action" && data.chargestation === station._id && /configuration\.accepted$/.test(type))
      void queries.invalidateQueries({ queryKey: ["chargestations", "one", station._id] });
  });
  const { wasRead, readonly } = useReadings(station);
  const all = Object.entries(station.configuration as Record<string, string>).sort(([a], [b]) => a.localeCompare(b));
  const sought = text.toLowerCase();
  const shown = all.filter(([key, value]) => `${key} ${value}`.toLowerCase().includes(sought));
  return (
    <div className="grid">
      <Panel
        span={8}
        title={words.tabs.configuration}
        about={words.configuration.count(format.number(all.length))}
        isFlush
        actions={
          mayWrite && (
            <>
              <Button
                size="xs"
                variant="default"
                disabled={!station.online}
                onClick={() => setEdited({ key: "", value: "" })}
              >
                {words.configuration.newKey}
              </Button>
              <Button
                size="xs"
                leftSection={<IconRefresh size={14} />}
                disabled={!station.online}
                loading={reading.isPending}
                onClick={() => reading.mutate()}
              >
                {words.configuration.read}
              </Button>
            </>
          )
        }
      >
        <Stack gap="sm" px="md" pb="sm">
          {reading.error && <ErrorState error={reading.error} />}
          {reading.isSuccess && all.length === 0 && <Alert color="cyan">{words.configuration.reading}</Alert>}
          {all.length > 0 && wasRead === false && (
            <Alert color="cyan" title={words.configuration.partly}>
              {station.online ? words.configuration.partlyAbout : words.configuration.emptyOffline}
            </Alert>
          )}
          {all.length > 0 && (
            <SearchField value={text || undefined} placeholder={words.configuration.search} onChange={setText} />
          )}
        </Stack>
        {all.length === 0 ? (
          <EmptyState
            title={words.configuration.empty}
            icon={IconAdjustments}
            action={
              mayWrite &&
              station.online && (
                <Button
                  leftSection={<IconRefresh size={16} />}
                  loading={reading.isPending}
                  disabled={reading.isSuccess}
                  onClick={() => reading.mutate()}
                >
                  {words.configuration.readNow}
                </Button>
              )
            }
          >
            {station.online ? words.configuration.emptyAbout : words.configuration.emptyOffline}
          </EmptyState>
        ) : (
          <Scrollable label={words.configuration.key}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{words.configuration.key}</Table.Th>
                  <Table.Th>{words.configuration.value}</Table.Th>
                  <Table.Th>
                    <span className="hidden-visually">{common.actions}</span>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {shown.map(([key, value]) => (
                  <Table.Tr key={key}>
                    <Table.Td className="mono">{key}</Table.Td>
                    <Table.Td className="mono" style={{ overflowWrap: "anywhere" }}>
                      {value}
                    </Table.Td>
                    <Table.Td ta="right">
                      {readonly.has(key) ? (
                        <Text size="xs" c="dimmed">
                          {words.configuration.readonly}
                        </Text>
                      ) : (
                        mayWrite && (
                          <Button
                            size="compact-xs"
                            variant="subtle"
                            disabled={!station.online}
                            aria-label={words.configuration.changeTitle(key)}
                            onClick={() => setEdited({ key, value })}
                          >
                            {words.configuration.change}
                          </Button>
                        )
                      )}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Scrollable>
        )}
      </Panel>
      <div data-span={4}>
        <ActionList station={station} />
      </div>
      {edited && <Edit station={station} entry={edited} onClose={() => setEdited(undefined)} />}
    </div>
  );
}

/** OCPP 1.6 tells of each key whether it can be written; the newest reading says it. */
function useReadings(station: Chargestation): { wasRead: boolean | undefined; readonly: Set<string> } {
  const { data } = useQuery({
    queryKey: ["actions", "some", station._id, "get_configuration"],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/actions", {
          params: {
            query: {
              chargestation: station._id,
              type: "chargestation.get_configuration",
              status: "completed",
              paginate_limit: 1,
            },
          },
          signal,
        }),
      ),
  });
  const newest: Action | undefined = data?.result[0];
  const told = (newest?.response_data as Told | undefined)?.configurationKey ?? [];
  return {
    wasRead: data && data.total > 0,
    readonly: new Set(told.filter((entry) => entry.readonly).map((entry) => entry.key)),
  };
}

interface EditProps {
  station: Chargestation;
  entry: { key: string; value: string };
  onClose: () => void;
}

function Edit({ station, entry, onClose }: EditProps) {
  const { chargestation: words, common } = useWords();
  const queries = useQueryClient();
  const [key, setKey] = useState(entry.key);
  const [value, setValue] = useState(entry.value);
  const sending = useMutation({
    mutationFn: () =>
      result(
        api.PATCH("/chargestations/{id}/configurations", {
          params: { path: { id: station._id } },
          body: { key, value },
        }),
      ),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["actions", "list", station._id] });
      onClose();
    },
  });
  const fields = sending.error instanceof Refusal ? sending.error.fields : {};
  const submit = (e: FormEvent) => {
    e.preventDefault();
    sending.mutate();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={entry.key ? words.configuration.changeTitle(entry.key) : words.configuration.newKey}
      closeButtonProps={{ "aria-label": common.close }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {words.configuration.changeAbout}
          </Text>
          {!entry.key && (
            <TextInput
              label={words.configuration.key}
              required
              error={fields.key}
              value={key}
              onChange={(e) => setKey(e.currentTarget.value)}
            />
          )}
          <TextInput
            data-autofocus
            label={words.configuration.value}
            error={fields.value}
            value={value}
            onChange={(e) => setValue(e.currentTarget.value)}
          />
          {sending.error && Object.keys(fields).length === 0 && <ErrorState error={sending.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={sending.isPending}>
              {words.commands.send}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
