import { Button, Chip, Group, Text } from "@mantine/core";
import { IconBolt, IconCoin, IconMessage, IconSend } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { answer, api, type Schemas } from "../../api/client";
import { useLiveEvents } from "../../live/Live";
import { useFormat } from "../../parts/format";
import { Json } from "../../parts/Json";
import { Panel } from "../../parts/Panel";
import { Shown } from "../../parts/states";
import { useWords } from "../../words";
import { inShort } from "../chargestation/frames";
import type { ExpandedSession } from "../sessions/expanded";
import classes from "./Session.module.css";

type Entry = Schemas["TimelineEntry"];
const icons = { frame: IconMessage, event: IconBolt, webhook: IconSend, cost: IconCoin, transition: IconBolt };
type Kind = keyof typeof icons;
const kinds: Kind[] = ["frame", "event", "webhook", "cost"];
const pageSize = 200;
/** A running session tells something every few seconds; the list is read again at most this often. */
const restMs = 2000;

export function Timeline({ session }: { session: ExpandedSession }) {
  const { session: words, common } = useWords();
  const [shown, setShown] = useState<string[]>(kinds);
  const entries = useInfiniteQuery({
    queryKey: ["timeline", session._id],
    staleTime: 0,
    initialPageParam: 1,
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/sessions/{id}/timeline", {
          params: {
            path: { id: session._id },
            query: { sort_order: "desc", paginate_limit: pageSize, paginate_page: pageParam },
          },
          signal,
        }),
      ),
    getNextPageParam: (last) => (last.hasNext ? last.page + 1 : undefined),
  });
  useRefetchOnNews(session._id, () => void entries.refetch());
  return (
    <Panel title={words.timeline} isFlush>
      <Chip.Group multiple value={shown} onChange={setShown}>
        <Group gap={6} px="md" pb="xs">
          {kinds.map((kind) => (
            <Chip key={kind} value={kind} size="xs">
              {words.timelineKinds[kind]}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <Shown of={entries}>
        {({ pages }) => (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
          <section className={classes.entries} tabIndex={0} aria-label={words.timelineEntries}>
            {pages
              .flatMap((page) => page.result)
              .filter((entry) => shown.includes(entry.kind))
              .map((entry, i) => (
                <EntryRow
                  key={`${entry.at} ${entry.kind} ${entry.what} ${i}`}
                  entry={entry}
                  zone={session.metrics.timezone}
                />
              ))}
            {entries.hasNextPage && (
              <Button m="xs" size="xs" variant="default" onClick={() => void entries.fetchNextPage()}>
                {common.more}
              </Button>
            )}
          </section>
        )}
      </Shown>
    </Panel>
  );
}

function useRefetchOnNews(id: string, refetch: () => void): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useLiveEvents(({ object, data }) => {
    if (object !== "session" || data._id !== id) return;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      refetch();
    }, restMs);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
}

function EntryRow({ entry, zone }: { entry: Entry; zone: string }) {
  const { session: words } = useWords();
  const format = useFormat(zone);
  const [isOpen, setOpen] = useState(false);
  const Shape = icons[entry.kind as Kind] ?? IconBolt;
  const way = entry.direction === "out" ? words.toStation : entry.direction === "in" ? words.fromStation : undefined;
  const told = entry.status !== undefined ? words.answered(String(entry.status)) : entry.error;
  const short = entry.kind === "frame" && entry.data ? inShort({ payload: entry.data }) : undefined;
  return (
    <>
      <button type="button" className={classes.entry} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Text size="xs" c="dimmed" className="tabular">
          {format.time(entry.at)}
        </Text>
        <Shape size={15} aria-hidden />
        <div style={{ minWidth: 0 }}>
          <Text size="sm" truncate>
            {entry.what}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {[way, told, short].filter(Boolean).join(" · ")}
          </Text>
        </div>
      </button>
      {isOpen && (
        <div style={{ padding: "0 16px 10px" }}>
          <Json of={entry.data ?? entry} />
        </div>
      )}
    </>
  );
}
