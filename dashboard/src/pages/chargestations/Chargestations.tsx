import { Button, Tabs } from "@mantine/core";
import { IconChargingPile, IconPlus, IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { connectorStatuses, useLocationNames, useLocations } from "../../api/resources";
import { FilterBar } from "../../parts/FilterBar";
import { FilterSelect } from "../../parts/FilterSelect";
import { useFormat } from "../../parts/format";
import { PageHead } from "../../parts/PageHead";
import { SearchField } from "../../parts/SearchField";
import { EmptyState, ErrorState } from "../../parts/states";
import { useFilters } from "../../parts/useFilters";
import { VirtualTable } from "../../parts/VirtualTable";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import { BulkActions } from "./BulkActions";
import { useColumns } from "./columns";
import { filterNames, type StationRows, useStations } from "./list";
import { NewStation } from "./NewStation";
import { UnknownStations } from "./UnknownStations";

const panel = { flex: 1, display: "flex", flexDirection: "column", minHeight: 0 } as const;

export default function Chargestations() {
  const { chargestations: words, shell } = useWords();
  const format = useFormat();
  const { may } = useMe();
  const filters = useFilters(filterNames);
  const { values, set } = filters;
  const [params] = useSearchParams();
  const tab = params.get("tab") === "unknown" ? "unknown" : "known";
  const rows = useStations(values);
  const mayWrite = may("write:chargestations");
  return (
    <>
      <PageHead
        title={shell.pages.chargestations}
        about={rows.total !== undefined && words.about(format.number(rows.total))}
        actions={
          mayWrite && (
            <Button leftSection={<IconPlus size={16} />} onClick={() => set("new", "1")}>
              {words.add}
            </Button>
          )
        }
      />
      <Tabs
        value={tab}
        onChange={(next) => set("tab", next === "unknown" ? next : undefined)}
        keepMounted={false}
        style={panel}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="known">{words.tabs.known}</Tabs.Tab>
          <Tabs.Tab value="unknown">{words.tabs.unknown}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={tab} style={panel}>
          {tab === "known" ? <KnownStations filters={filters} rows={rows} /> : <UnknownStations />}
        </Tabs.Panel>
      </Tabs>
      {mayWrite && <NewStation opened={filters.flag("new")} onClose={() => set("new", undefined)} />}
    </>
  );
}

interface KnownProps {
  filters: ReturnType<typeof useFilters<(typeof filterNames)[number]>>;
  rows: StationRows;
}

function KnownStations({ filters, rows }: KnownProps) {
  const { chargestations: words, status, shell } = useWords();
  const { may } = useMe();
  const { values, set } = filters;
  const locations = useLocations();
  const locationName = useLocationNames();
  const columns = useColumns(locationName);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const mayWrite = may("write:chargestations");
  const isEmpty = rows.total === 0;
  return (
    <>
      <FilterBar
        isFiltered={filters.isFiltered}
        onClear={filters.clear}
        search={<SearchField value={values.q} placeholder={words.search} onChange={(q) => set("q", q)} />}
      >
        <FilterSelect
          label={words.connection}
          value={values.online}
          options={[
            ["true", status.online],
            ["false", status.offline],
          ]}
          onChange={(v) => set("online", v)}
          width={115}
        />
        <FilterSelect
          label={words.connectorStatus}
          value={values.connector_status}
          options={connectorStatuses.map((one) => [one, status[one]])}
          onChange={(v) => set("connector_status", v)}
          width={130}
        />
        <FilterSelect
          label={words.lifecycle}
          value={values.active}
          options={[
            ["true", words.inUse],
            ["false", words.archived],
          ]}
          onChange={(v) => set("active", v)}
          width={115}
        />
        <FilterSelect
          label={words.protocol}
          value={values.protocol}
          options={[
            ["ocpp1.6", "OCPP 1.6"],
            ["ocpp2.0.1", "OCPP 2.0.1"],
            ["ocpp2.1", "OCPP 2.1"],
          ]}
          onChange={(v) => set("protocol", v)}
          width={120}
        />
        <FilterSelect
          label={words.location}
          value={values.location}
          options={(locations.data?.result ?? []).map((l) => [l._id, l.name])}
          onChange={(v) => set("location", v)}
          width={165}
        />
        <FilterSelect
          label={words.kind}
          value={values.is_simulator}
          options={[
            ["false", words.real],
            ["true", words.simulated],
          ]}
          onChange={(v) => set("is_simulator", v)}
          width={115}
        />
      </FilterBar>
      {mayWrite && chosen.size > 0 && <BulkActions chosen={chosen} rows={rows} onNone={() => setChosen(new Set())} />}
      {rows.error !== null && rows.error !== undefined && <ErrorState error={rows.error} again={rows.again} />}
      {isEmpty && filters.isFiltered && (
        <EmptyState title={words.emptyFiltered} icon={IconSearch}>
          {words.emptyFilteredAbout}
        </EmptyState>
      )}
      {isEmpty && !filters.isFiltered && (
        <EmptyState
          title={words.empty}
          icon={IconChargingPile}
          action={
            <Button component={Link} to="/first-steps" variant="default">
              {words.guide}
            </Button>
          }
        >
          {words.emptyAbout}
        </EmptyState>
      )}
      {!isEmpty && !rows.error && (
        <VirtualTable
          label={shell.pages.chargestations}
          rows={rows}
          columns={columns}
          sorting={rows.sorting}
          to={(station) => `/chargestations/${station._id}`}
          selection={
            mayWrite
              ? {
                  chosen,
                  toggle: (id) => setChosen((now) => toggled(now, id)),
                  label: (station) => words.choose(station.name),
                }
              : undefined
          }
        />
      )}
    </>
  );
}

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}
