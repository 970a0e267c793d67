import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, result } from "../../api/client";
import { useFormat } from "../../parts/format";
import { Panel } from "../../parts/Panel";
import { Shown } from "../../parts/states";
import { useWords } from "../../words";

export function SignIns() {
  const { settings: words } = useWords();
  const format = useFormat();
  const queries = useQueryClient();
  const mine = useQuery({
    queryKey: ["auth_sessions"],
    queryFn: ({ signal }) => answer(api.GET("/auth/sessions", { signal })),
  });
  const ending = useMutation({
    mutationFn: (id: string) => result(api.DELETE("/auth/sessions/{id}", { params: { path: { id } } })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ["auth_sessions"] }),
  });
  return (
    <Panel title={words.sessions}>
      <Shown of={mine} lines={2}>
        {({ result: sessions }) => (
          <Stack gap="sm">
            {sessions.map((session) => (
              <Group key={session._id} justify="space-between" wrap="nowrap">
                <div style={{ flex: 1, minWidth: 0 }}>
                  <Group gap="xs">
                    <Text size="sm" fw={500}>
                      {session.address}
                    </Text>
                    {session.current && (
                      <Badge size="sm" variant="light" tt="none">
                        {words.here}
                      </Badge>
                    )}
                  </Group>
                  <Text size="xs" c="dimmed" truncate>
                    {words.lastSeen(format.dateTime(session.lastSeenAt))} · {session.user_agent}
                  </Text>
                </div>
                {!session.current && (
                  <Button size="compact-sm" variant="default" flex="none" onClick={() => ending.mutate(session._id)}>
                    {words.end}
                  </Button>
                )}
              </Group>
            ))}
          </Stack>
        )}
      </Shown>
    </Panel>
  );
}
