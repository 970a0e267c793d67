import { Group, Stack, Text } from "@mantine/core";
import { IconDoorEnter } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Schemas } from "../../api/client";
import { answer, api } from "../../api/client";
import type { Chargestation } from "../../api/resources";
import { useLiveEvents } from "../../live/Live";
import { ApiWords } from "../../parts/ApiWords";
import { useFormat } from "../../parts/format";
import { Panel } from "../../parts/Panel";
import { StatusBadge } from "../../parts/StatusBadge";
import { EmptyState, Shown } from "../../parts/states";
import { useWords } from "../../words";

export function ConnectionTab({ station }: { station: Chargestation }) {
  const { chargestation: words } = useWords();
  const queries = useQueryClient();
  const key = ["attempts", station._id];
  const attempts = useQuery({
    queryKey: key,
    // A refused knock is no event, so what the page shows may be older than the page's opening.
    staleTime: 0,
    queryFn: ({ signal }) =>
      answer(
        api.GET("/chargestations/{id}/connection_attempts", {
          params: { path: { id: station._id }, query: { sort_by: "updatedAt", paginate_limit: 100 } },
          signal,
        }),
      ),
  });
  useLiveEvents(({ type, data }) => {
    if (data._id === station._id && /\.(online|offline)$/.test(type)) void queries.invalidateQueries({ queryKey: key });
  });
  return (
    <Panel title={words.tabs.connection} about={words.connection.about}>
      <Shown of={attempts}>
        {({ result }) =>
          result.length === 0 ? (
            <EmptyState title={words.connection.empty} icon={IconDoorEnter}>
              {words.connection.emptyAbout(station.connection_url)}
            </EmptyState>
          ) : (
            <Stack gap="md">
              {result.map((attempt) => (
                <Entry key={attempt._id} attempt={attempt} />
              ))}
            </Stack>
          )
        }
      </Shown>
    </Panel>
  );
}

type Attempt = Schemas["ConnectionAttempt"];

function Entry({ attempt }: { attempt: Attempt }) {
  const { chargestation, diagnoses } = useWords();
  const words = chargestation.connection;
  const format = useFormat();
  // What the API diagnoses tomorrow, these words do not know: then its own are shown.
  const known = (diagnoses as Record<string, { title: string; remedy?: string }>)[attempt.code];
  const told = known ?? { title: attempt.diagnosis, remedy: attempt.remedy };
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <StatusBadge status={attempt.outcome} />
        <Text size="sm" fw={600}>
          {told.title}
        </Text>
      </Group>
      {told.remedy && (
        <Text size="sm">
          {words.remedy}: {told.remedy}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {words.source} {attempt.source} · {words.attempts(format.number(attempt.attempts))} · {words.last}{" "}
        {format.exact(attempt.updatedAt)}
        {attempt.detail && ` · ${attempt.detail}`}
      </Text>
      {known && (
        <ApiWords>
          {attempt.diagnosis} {attempt.remedy}
        </ApiWords>
      )}
    </Stack>
  );
}
