import { Button, Menu, TextInput } from "@mantine/core";
import { IconBolt, IconDownload } from "@tabler/icons-react";
import { answer, api } from "../../api/client";
import { useRows } from "../../api/pages";
import { FilterBar } from "../../parts/FilterBar";
import { FilterPick } from "../../parts/FilterPick";
import { FilterSelect } from "../../parts/FilterSelect";
import { useFormat } from "../../parts/format";
import { PageHead } from "../../parts/PageHead";
import { drivers, stations } from "../../parts/sources";
import { EmptyState, ErrorState } from "../../parts/states";
import { useFilters } from "../../parts/useFilters";
import { type Sort, useSort } from "../../parts/useSort";
import { VirtualTable } from "../../parts/VirtualTable";
import { ZoneChoice } from "../../parts/ZoneChoice";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import { useColumns } from "./columns";
import { expanded } from "./expanded";
import { StartSession } from "./StartSession";

const filterNames = ["status", "source", "user", "chargestation", "from", "to"] as const;
type Filter = Record<(typeof filterNames)[number], string | undefined>;
const sortNames = ["createdAt", "chargingStart"] as const;
const newest: Sort<(typeof sortNames)[number]> = { by: "createdAt", order: "desc" };
const statuses = ["created", "Started", "Ended", "cancelled"] as const;

export default function Sessions() {
  const { sessions: words, status, shell, common } = useWords();
  const format = useFormat();
  const { may } = useMe();
  const filters = useFilters(filterNames);
  const { values, set } = filters;
  const { sorting, sorted, key } = useSort(sortNames, newest);
  const rows = useRows("sessions", { ...values, key }, async (page, limit, signal) => {
    const query = {
      ...queryOf(values),
      ...sorted,
      include_user: true,
      include_chargestation: true,
      paginate_page: page,
      paginate_limit: limit,
    };
    const found = await answer(api.GET("/sessions", { params: { query }, signal }));
    return { ...found, result: found.result.map(expanded) };
  });
  const columns = useColumns();
  const isEmpty = rows.total === 0;
  const sources = Object.entries(words.sources);
  return (
    <>
      <PageHead
        title={shell.pages.sessions}
        about={rows.total !== undefined && words.about(format.number(rows.total))}
        actions={
          <>
            <Export filter={values} />
            {may("write:sessions") && (
              <Button leftSection={<IconBolt size={16} />} onClick={() => set("start", "1")}>
                {words.start}
              </Button>
            )}
          </>
        }
      />
      <FilterBar isFiltered={filters.isFiltered} onClear={filters.clear}>
        <FilterSelect
          label={common.status}
          value={values.status}
          options={statuses.map((s) => [s, status[s]])}
          onChange={(v) => set("status", v)}
          width={120}
        />
        <FilterSelect
          label={words.source}
          value={values.source}
          options={sources}
          onChange={(v) => set("source", v)}
          width={130}
        />
        <FilterPick
          label={words.driver}
          source={drivers}
          value={values.user}
          onChange={(v) => set("user", v)}
          width={150}
        />
        <FilterPick
          label={words.chargestation}
          source={stations}
          value={values.chargestation}
          onChange={(v) => set("chargestation", v)}
          width={160}
        />
        <DayField label={common.from} value={values.from} onChange={(v) => set("from", v)} />
        <DayField label={common.to} value={values.to} onChange={(v) => set("to", v)} />
        <ZoneChoice />
      </FilterBar>
      {rows.error !== null && rows.error !== undefined && <ErrorState error={rows.error} again={rows.again} />}
      {isEmpty && (
        <EmptyState title={filters.isFiltered ? words.emptyFiltered : words.empty} icon={IconBolt}>
          {filters.isFiltered ? words.emptyFilteredAbout : words.emptyAbout}
        </EmptyState>
      )}
      {!isEmpty && !rows.error && (
        <VirtualTable
          label={shell.pages.sessions}
          rows={rows}
          columns={columns}
          sorting={sorting}
          to={(session) => `/sessions/${session._id}`}
        />
      )}
      {may("write:sessions") && <StartSession opened={filters.flag("start")} onClose={() => set("start", undefined)} />}
    </>
  );
}

function DayField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | undefined;
  onChange: (day: string) => void;
}) {
  return (
    <TextInput
      type="date"
      size="xs"
      label={label}
      value={value ?? ""}
      onChange={(e) => onChange(e.currentTarget.value)}
    />
  );
}

/** A day of the filter means the viewer's own day, its last moment included. */
function queryOf({ status, source, user, chargestation, from, to }: Filter) {
  return {
    status: statuses.find((s) => s === status),
    source: source as "Api" | undefined,
    user,
    chargestation,
    from: from && new Date(`${from}T00:00:00`).toISOString(),
    to: to && new Date(`${to}T23:59:59.999`).toISOString(),
  };
}

function Export({ filter }: { filter: Filter }) {
  const { sessions: words } = useWords();
  const query = new URLSearchParams(
    Object.entries(queryOf(filter)).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} />}>
          {words.export}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{words.exportAbout}</Menu.Label>
        <Menu.Item component="a" href={`/v1.1/sessions.csv?${query}`} download="sessions.csv">
          {words.exportAs.csv}
        </Menu.Item>
        <Menu.Item component="a" href={`/v1.1/sessions.jsonl?${query}`} download="sessions.jsonl">
          {words.exportAs.jsonl}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
