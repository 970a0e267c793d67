import { Accordion, Button, Group, Stack, Text } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, result, type Schemas } from "../../api/client";
import { FilterSelect } from "../../parts/FilterSelect";
import { useFormat } from "../../parts/format";
import { Json } from "../../parts/Json";
import { Panel } from "../../parts/Panel";
import { StatusBadge } from "../../parts/StatusBadge";
import { EmptyState, ErrorState, Shown } from "../../parts/states";
import { tell } from "../../parts/tell";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import type { Webhook } from "../webhooks/WebhookForm";
import { watchDeliveries } from "./watch";

type Delivery = Schemas["Delivery"];
const states = ["pending", "delivered", "exhausted"] as const;

export function Deliveries({ webhook }: { webhook: Webhook }) {
  const { webhooks: words, common } = useWords();
  const [state, setState] = useState<string>();
  const deliveries = useInfiniteQuery({
    queryKey: ["deliveries", webhook._id, state],
    // Deliveries are no events themselves, so the list is as old as its reading.
    staleTime: 0,
    initialPageParam: 1,
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/webhooks/{id}/deliveries", {
          params: {
            path: { id: webhook._id },
            query: { state: states.find((s) => s === state), paginate_limit: 50, paginate_page: pageParam },
          },
          signal,
        }),
      ),
    getNextPageParam: (last) => (last.hasNext ? last.page + 1 : undefined),
  });
  return (
    <Panel
      title={words.deliveries}
      isFlush
      actions={
        <>
          <FilterSelect
            label={words.state}
            value={state}
            options={states.map((s) => [s, words.states[s]])}
            onChange={setState}
          />
          <Button
            size="xs"
            variant="default"
            style={{ alignSelf: "flex-end" }}
            onClick={() => void deliveries.refetch()}
          >
            {common.refresh}
          </Button>
        </>
      }
    >
      <Shown of={deliveries}>
        {({ pages }) => {
          const all = pages.flatMap((page) => page.result);
          if (all.length === 0)
            return (
              <EmptyState title={words.noDeliveries} icon={IconSend}>
                {words.noDeliveriesAbout}
              </EmptyState>
            );
          return (
            <>
              <Accordion chevronPosition="left">
                {all.map((delivery) => (
                  <DeliveryItem key={delivery._id} webhook={webhook} delivery={delivery} />
                ))}
              </Accordion>
              {deliveries.hasNextPage && (
                <Button m="sm" size="xs" variant="default" onClick={() => void deliveries.fetchNextPage()}>
                  {common.more}
                </Button>
              )}
            </>
          );
        }}
      </Shown>
    </Panel>
  );
}

function DeliveryItem({ webhook, delivery }: { webhook: Webhook; delivery: Delivery }) {
  const { webhooks: words } = useWords();
  const format = useFormat();
  return (
    <Accordion.Item value={delivery._id}>
      <Accordion.Control>
        <Group justify="space-between" wrap="nowrap" pr="xs">
          <div style={{ minWidth: 0 }}>
            <Text size="sm" fw={500} truncate>
              {delivery.event_type}
            </Text>
            <Text size="xs" c="dimmed">
              {format.when(delivery.createdAt)} · {words.attempts(format.number(delivery.attempts))}
              {delivery.last_status !== undefined && ` · ${delivery.last_status}`}
            </Text>
          </div>
          <StatusBadge status={delivery.state} />
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        <Details webhook={webhook} delivery={delivery} />
      </Accordion.Panel>
    </Accordion.Item>
  );
}

function Details({ webhook, delivery }: { webhook: Webhook; delivery: Delivery }) {
  const { webhooks: words } = useWords();
  const format = useFormat();
  const { may } = useMe();
  const queries = useQueryClient();
  const path = { id: webhook._id, delivery: delivery._id };
  const whole = useQuery({
    queryKey: ["deliveries", "one", delivery._id, delivery.attempts],
    queryFn: ({ signal }) => result(api.GET("/webhooks/{id}/deliveries/{delivery}", { params: { path }, signal })),
  });
  const payload = useQuery({
    queryKey: ["payload", delivery.event],
    queryFn: ({ signal }) => payloadOf(delivery, signal),
  });
  const replaying = useMutation({
    mutationFn: () => result(api.POST("/webhooks/{id}/deliveries/{delivery}/replay", { params: { path } })),
    onSuccess: () => {
      tell(words.replayed);
      watchDeliveries(queries, webhook._id);
    },
  });
  return (
    <Stack gap="xs">
      <Shown of={whole} lines={1}>
        {({ attempt_log: log = [] }) =>
          log.map((attempt) => (
            <Text key={attempt.number} size="sm">
              {words.attempt(format.number(attempt.number))}, {format.exact(attempt.at)}:{" "}
              {attempt.status ?? attempt.error ?? words.silent}
              {attempt.latency_ms !== undefined && `, ${format.latency(attempt.latency_ms)}`}
              {attempt.answer && ` · ${words.answer}: ${attempt.answer}`}
            </Text>
          ))
        }
      </Shown>
      {may("write:webhooks") && (
        <div>
          <Button size="compact-sm" variant="light" loading={replaying.isPending} onClick={() => replaying.mutate()}>
            {words.replay}
          </Button>
        </div>
      )}
      {replaying.error && <ErrorState error={replaying.error} />}
      <Text size="xs" c="dimmed">
        {words.payload}
      </Text>
      <Shown of={payload} lines={3}>
        {(event) => (event ? <Json of={event} /> : <Text size="sm">{words.noPayload}</Text>)}
      </Shown>
    </Stack>
  );
}

/** An event's id begins with its second; within that its list is short. */
const besideMs = 3000;

/** No route reads one event, so it is looked for among those of its type and second. */
async function payloadOf(delivery: Delivery, signal: AbortSignal) {
  const at = Number.parseInt(delivery.event.slice(0, 8), 16) * 1000;
  const query = {
    type: delivery.event_type,
    "createdAt[$gte]": new Date(at - besideMs).toISOString(),
    "createdAt[$lte]": new Date(at + besideMs).toISOString(),
    paginate_limit: 1000,
  };
  const { result: events } = await answer(api.GET("/events", { params: { query }, signal }));
  return events.find((event) => event._id === delivery.event) ?? null;
}
