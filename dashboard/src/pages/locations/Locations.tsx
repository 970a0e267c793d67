import { Anchor, Button } from "@mantine/core";
import { IconBuilding, IconPlus } from "@tabler/icons-react";
import { Link } from "react-router";
import { answer, api } from "../../api/client";
import { useRows } from "../../api/pages";
import type { Location } from "../../api/resources";
import { FilterBar } from "../../parts/FilterBar";
import { FilterSelect } from "../../parts/FilterSelect";
import { ListPage } from "../../parts/ListPage";
import { SearchField } from "../../parts/SearchField";
import { StatusBadge } from "../../parts/StatusBadge";
import { useFilters } from "../../parts/useFilters";
import { type Sort, useSort } from "../../parts/useSort";
import type { Column } from "../../parts/VirtualTable";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";

const filterNames = ["q", "active"] as const;
const sortNames = ["name", "createdAt"] as const;
const byName: Sort<(typeof sortNames)[number]> = { by: "name", order: "asc" };

export default function Locations() {
  const { locations: words, shell, status } = useWords();
  const { may } = useMe();
  const { values, set, clear, isFiltered } = useFilters(filterNames);
  const { sorting, sorted, key } = useSort(sortNames, byName);
  const rows = useRows("locations", { ...values, key }, (page, limit, signal) => {
    const query = {
      search: values.q,
      ...sorted,
      active: values.active === undefined ? undefined : values.active === "true",
      paginate_page: page,
      paginate_limit: limit,
    };
    return answer(api.GET("/locations", { params: { query }, signal }));
  });
  const columns: Column<Location>[] = [
    {
      key: "name",
      sort: "name",
      title: words.columns.name,
      width: "minmax(0, 1.3fr)",
      cell: (location) => (
        <Anchor component={Link} to={`/locations/${location._id}`} fw={600} size="sm" c="var(--mantine-color-text)">
          {location.name}
        </Anchor>
      ),
    },
    {
      key: "address",
      title: words.columns.address,
      width: "minmax(0, 2fr)",
      from: "tablet",
      cell: ({ address }) =>
        [address?.streetAndNumber, [address?.postalCode, address?.city].filter(Boolean).join(" "), address?.country]
          .filter(Boolean)
          .join(", "),
    },
    {
      key: "timezone",
      title: words.columns.timezone,
      width: "160px",
      from: "desktop",
      cell: (location) => location.timezone,
    },
    {
      key: "hours",
      title: words.columns.hours,
      width: "130px",
      from: "desktop",
      cell: (location) => (location.openingHours ? words.someHours : words.alwaysOpen),
    },
    {
      key: "status",
      title: words.columns.status,
      width: "100px",
      cell: (location) => <StatusBadge status={location.active ? "active" : "inactive"} />,
    },
  ];
  const add = may("write:locations") && (
    <Button component={Link} to="/locations/new" leftSection={<IconPlus size={16} />}>
      {words.add}
    </Button>
  );
  return (
    <ListPage
      title={shell.pages.locations}
      actions={add}
      rows={rows}
      columns={columns}
      sorting={sorting}
      to={(location) => `/locations/${location._id}`}
      empty={{ title: words.empty, about: words.emptyAbout, icon: IconBuilding, action: add }}
      isFiltered={isFiltered}
      filters={
        <FilterBar
          isFiltered={isFiltered}
          onClear={clear}
          search={<SearchField value={values.q} placeholder={words.search} onChange={(v) => set("q", v)} />}
        >
          <FilterSelect
            label={words.columns.status}
            value={values.active}
            options={[
              ["true", status.active],
              ["false", status.inactive],
            ]}
            onChange={(v) => set("active", v)}
          />
        </FilterBar>
      }
    />
  );
}
