import { Accordion, Group, Loader, Stack, Text } from "@mantine/core";
import { IconTerminal2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import type { Action, Chargestation } from "../../api/resources";
import { useFormat } from "../../parts/format";
import { Json } from "../../parts/Json";
import { Panel } from "../../parts/Panel";
import { StatusBadge } from "../../parts/StatusBadge";
import { EmptyState, Shown } from "../../parts/states";
import { useFailureText } from "../../parts/useFailureText";
import { useWords } from "../../words";

/** The newest commands of a station; each is requested until the station has answered, and changes here when it does. */
export function ActionList({ station }: { station: Chargestation }) {
  const { chargestation: words } = useWords();
  const actions = useQuery({
    queryKey: ["actions", "list", station._id],
    queryFn: ({ signal }) =>
      answer(api.GET("/actions", { params: { query: { chargestation: station._id, paginate_limit: 25 } }, signal })),
  });
  return (
    <Panel title={words.commands.history} isFlush>
      <Shown of={actions}>
        {({ result }) =>
          result.length === 0 ? (
            <EmptyState title={words.commands.noHistory} icon={IconTerminal2}>
              {words.commands.noHistoryAbout}
            </EmptyState>
          ) : (
            <Accordion chevronPosition="left" aria-live="polite">
              {result.map((action) => (
                <ActionItem key={action._id} action={action} />
              ))}
            </Accordion>
          )
        }
      </Shown>
    </Panel>
  );
}

export function ActionItem({ action }: { action: Action }) {
  const { chargestation: words } = useWords();
  const format = useFormat();
  const failureText = useFailureText();
  const isOpen = action.status === "APIRequested" || action.status === "requested";
  return (
    <Accordion.Item value={action._id}>
      <Accordion.Control>
        <Group justify="space-between" wrap="nowrap" pr="xs">
          <div style={{ minWidth: 0 }}>
            <Text size="sm" fw={500} truncate>
              {useActionName(action)}
            </Text>
            <Text size="xs" c="dimmed">
              {format.time(action.createdAt)}
              {action.failure && ` · ${failureText(action.failure)}`}
            </Text>
          </div>
          <Group gap={6} wrap="nowrap">
            {isOpen && <Loader size={14} aria-hidden />}
            <StatusBadge status={action.status} />
          </Group>
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        <Stack gap="xs">
          <Text size="xs" c="dimmed">
            {words.commands.asked}
          </Text>
          <Json of={action.data} />
          {action.response_data && (
            <>
              <Text size="xs" c="dimmed">
                {words.commands.answer}
              </Text>
              <Json of={action.response_data} />
            </>
          )}
        </Stack>
      </Accordion.Panel>
    </Accordion.Item>
  );
}

export function useActionName(action: Action): string {
  const { chargestation: words } = useWords();
  const name = action.type.slice(action.type.indexOf(".") + 1);
  return (words.commands.names as Record<string, string>)[name] ?? name;
}
