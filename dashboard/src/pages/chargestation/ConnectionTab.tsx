import { Group, Stack, Text } from "@mantine/core";
import { IconDoorEnter } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import type { Chargestation } from "../../api/resources";
import { useLiveEvents } from "../../live/Live";
import { useFormat } from "../../parts/format";
import { Panel } from "../../parts/Panel";
import { StatusBadge } from "../../parts/StatusBadge";
import { EmptyState, Shown } from "../../parts/states";
import { useWords } from "../../words";

export function ConnectionTab({ station }: { station: Chargestation }) {
  const { chargestation: words } = useWords();
  const format = useFormat();
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
                <Stack key={attempt._id} gap={4}>
                  <Group gap="xs">
                    <StatusBadge status={attempt.outcome} />
                    <Text size="sm" fw={600}>
                      {attempt.diagnosis}
                    </Text>
                  </Group>
                  {attempt.remedy && (
                    <Text size="sm">
                      {words.connection.remedy}: {attempt.remedy}
                    </Text>
                  )}
                  <Text size="xs" c="dimmed">
                    {words.connection.source} {attempt.source} ·{" "}
                    {words.connection.attempts(format.number(attempt.attempts))} · {words.connection.last}{" "}
                    {format.exact(attempt.updatedAt)}
                    {attempt.detail && ` · ${attempt.detail}`}
                  </Text>
                </Stack>
              ))}
            </Stack>
          )
        }
      </Shown>
    </Panel>
  );
}
