import { Anchor, Button } from "@mantine/core";
import { IconPlus, IconSitemap } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import { answer, api, type Schemas } from "../../api/client";
import { useRows } from "../../api/pages";
import { useLocationNames, useLocations } from "../../api/resources";
import { FilterBar } from "../../parts/FilterBar";
import { FilterSelect } from "../../parts/FilterSelect";
import { useFormat } from "../../parts/format";
import { ListPage } from "../../parts/ListPage";
import { useFilters } from "../../parts/useFilters";
import { type Sort, useSort } from "../../parts/useSort";
import type { Column } from "../../parts/VirtualTable";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import { GroupForm } from "./GroupForm";

export type LoadGroup = Schemas["LoadGroup"];

const filterNames = ["location"] as const;
const sortNames = ["name", "createdAt"] as const;
const byName: Sort<(typeof sortNames)[number]> = { by: "name", order: "asc" };

export default function LoadGroups() {
  const { loadGroups: words, shell } = useWords();
  const format = useFormat();
  const { may } = useMe();
  const locations = useLocations();
  const locationName = useLocationNames();
  const { values, set, clear, isFiltered } = useFilters(filterNames);
  const { sorting, sorted, key } = useSort(sortNames, byName);
  const [isAdding, setAdding] = useState(false);
  const rows = useRows("load_groups", { ...values, key }, (page, limit, signal) =>
    answer(
      api.GET("/load_management/groups", {
        params: { query: { ...values, ...sorted, paginate_page: page, paginate_limit: limit } },
        signal,
      }),
    ),
  );
  const columns: Column<LoadGroup>[] = [
    {
      key: "name",
      sort: "name",
      title: words.columns.name,
      width: "minmax(0, 1.4fr)",
      cell: (group) => (
        <Anchor component={Link} to={`/load-groups/${group._id}`} fw={600} size="sm" c="var(--mantine-color-text)">
          {group.name}
        </Anchor>
      ),
    },
    {
      key: "location",
      title: words.columns.location,
      width: "minmax(0, 1fr)",
      from: "tablet",
      cell: (group) => locationName(group.location) ?? "",
    },
    {
      key: "capacity",
      title: words.columns.capacity,
      width: "100px",
      align: "right",
      cell: (group) => format.power(group.maximum_capacity),
    },
    {
      key: "minimum",
      title: words.columns.minimum,
      width: "160px",
      align: "right",
      from: "desktop",
      cell: (group) => format.power(group.minimum_connector_capacity),
    },
    {
      key: "connectors",
      title: words.columns.connectors,
      width: "100px",
      align: "right",
      cell: (group) => format.number(group.connectors.length),
    },
  ];
  const add = may("write:load_groups") && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {words.add}
    </Button>
  );
  return (
    <>
      <ListPage
        title={shell.pages.load_groups}
        actions={add}
        rows={rows}
        columns={columns}
        sorting={sorting}
        to={(group) => `/load-groups/${group._id}`}
        empty={{ title: words.empty, about: words.emptyAbout, icon: IconSitemap, action: add }}
        isFiltered={isFiltered}
        filters={
          <FilterBar isFiltered={isFiltered} onClear={clear}>
            <FilterSelect
              label={words.columns.location}
              value={values.location}
              options={(locations.data?.result ?? []).map((one) => [one._id, one.name])}
              onChange={(v) => set("location", v)}
              width={190}
            />
          </FilterBar>
        }
      />
      {isAdding && <GroupForm onClose={() => setAdding(false)} />}
    </>
  );
}
