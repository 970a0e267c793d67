import { Badge, Button, Group, Text } from "@mantine/core";
import { IconArrowDownLeft, IconArrowUpRight, IconMessages } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../../api/client";
import type { Chargestation } from "../../api/resources";
import { useLiveEvents } from "../../live/Live";
import { FilterBar } from "../../parts/FilterBar";
import { FilterSelect } from "../../parts/FilterSelect";
import { useFormat } from "../../parts/format";
import { Panel } from "../../parts/Panel";
import { SearchField } from "../../parts/SearchField";
import { StatusBadge } from "../../parts/StatusBadge";
import { EmptyState, Shown } from "../../parts/states";
import { useWords } from "../../words";
import { FrameDetails } from "./FrameDetails";
import { type Frame, inShort } from "./frames";
import classes from "./MessagesTab.module.css";

const pageSize = 50;
type Filter = { direction?: "in" | "out"; verdict?: "accepted" | "soft" | "hard"; action?: string; search?: string };

export function MessagesTab({ station }: { station: Chargestation }) {
  const { chargestation: words, common, status } = useWords();
  const [filter, setFilter] = useState<Filter>({});
  const [isNews, setNews] = useState(false);
  const frames = useInfiniteQuery({
    queryKey: ["frames", station._id, filter],
    staleTime: 0,
    initialPageParam: 1,
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/chargestations/{id}/messages", {
          params: {
            path: { id: station._id },
            query: { ...filter, paginate_limit: pageSize, paginate_page: pageParam },
          },
          signal,
        }),
      ),
    getNextPageParam: (last) => (last.hasNext ? last.page + 1 : undefined),
  });
  useLiveEvents(({ data }) => {
    if (data._id === station._id || data.chargestation === station._id) setNews(true);
  });
  const set = (part: Filter) => setFilter((now) => ({ ...now, ...part }));
  const news = () => {
    setNews(false);
    void frames.refetch();
  };
  return (
    <>
      <FilterBar
        isFiltered={Object.values(filter).some(Boolean)}
        onClear={() => setFilter({})}
        search={
          <SearchField
            value={filter.search}
            placeholder={words.messages.search}
            onChange={(search) => set({ search: search || undefined })}
          />
        }
      >
        <SearchField
          label={words.messages.action}
          value={filter.action}
          placeholder="StatusNotification"
          onChange={(action) => set({ action: action || undefined })}
        />
        <FilterSelect
          label={words.messages.direction}
          value={filter.direction}
          options={[
            ["in", words.messages.in],
            ["out", words.messages.out],
          ]}
          onChange={(v) => set({ direction: v as Filter["direction"] })}
        />
        <FilterSelect
          label={words.messages.verdict}
          value={filter.verdict}
          options={[
            ["accepted", status.accepted],
            ["soft", status.soft],
            ["hard", status.hard],
          ]}
          onChange={(v) => set({ verdict: v as Filter["verdict"] })}
        />
      </FilterBar>
      {isNews && (
        <Button variant="light" size="xs" mb="sm" onClick={news}>
          {words.messages.newer}
        </Button>
      )}
      <Panel isFlush>
        <Shown of={frames}>
          {({ pages }) => {
            const all = pages.flatMap((page) => page.result);
            if (all.length === 0)
              return (
                <EmptyState title={words.messages.empty} icon={IconMessages}>
                  {words.messages.emptyAbout}
                </EmptyState>
              );
            return all.map((frame, i) => (
              <FrameRow
                key={`${frame.createdAt} ${frame.message_id} ${frame.direction} ${frame.type} ${i}`}
                frame={frame}
              />
            ));
          }}
        </Shown>
      </Panel>
      {frames.hasNextPage && (
        <Button
          variant="default"
          mt="sm"
          loading={frames.isFetchingNextPage}
          onClick={() => void frames.fetchNextPage()}
        >
          {common.more}
        </Button>
      )}
    </>
  );
}

function FrameRow({ frame }: { frame: Frame }) {
  const { chargestation: words } = useWords();
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const isIn = frame.direction === "in";
  const Arrow = isIn ? IconArrowDownLeft : IconArrowUpRight;
  return (
    <div className={classes.item}>
      <button type="button" className={classes.row} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Text size="xs" c="dimmed" className="tabular">
          {format.time(frame.createdAt)}
        </Text>
        <Arrow
          size={16}
          className={isIn ? classes.in : classes.out}
          aria-label={isIn ? words.messages.in : words.messages.out}
        />
        <Group gap={8} wrap="nowrap" miw={0}>
          <Text size="sm" fw={600} truncate>
            {frame.action}
          </Text>
          {frame.type !== "CALL" && (
            <Badge size="xs" variant="default" tt="none" className="wide-only">
              {frame.type}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed" className="mono truncate wide-only">
          {inShort(frame)}
        </Text>
        <span>{frame.verdict !== "accepted" && <StatusBadge status={frame.verdict} size="xs" />}</span>
      </button>
      {isOpen && <FrameDetails frame={frame} />}
    </div>
  );
}
