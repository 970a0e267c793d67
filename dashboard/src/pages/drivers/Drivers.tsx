import { Anchor, Button } from "@mantine/core";
import { IconPlus, IconUsers } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import { answer, api } from "../../api/client";
import { useRows } from "../../api/pages";
import { type User, userName } from "../../api/resources";
import { FilterBar } from "../../parts/FilterBar";
import { FilterSelect } from "../../parts/FilterSelect";
import { useFormat } from "../../parts/format";
import { ListPage } from "../../parts/ListPage";
import { SearchField } from "../../parts/SearchField";
import { StatusBadge } from "../../parts/StatusBadge";
import { useFilters } from "../../parts/useFilters";
import { type Sort, useSort } from "../../parts/useSort";
import type { Column } from "../../parts/VirtualTable";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import { DriverForm } from "./DriverForm";

const filterNames = ["q", "active"] as const;
const sortNames = ["name", "createdAt"] as const;
const newest: Sort<(typeof sortNames)[number]> = { by: "createdAt", order: "desc" };

export default function Drivers() {
  const { drivers: words, shell } = useWords();
  const format = useFormat();
  const { may } = useMe();
  const { values, set, clear, isFiltered } = useFilters(filterNames);
  const [isAdding, setAdding] = useState(false);
  const { sorting, sorted, key } = useSort(sortNames, newest);
  const rows = useRows("users", { ...values, key }, (page, limit, signal) => {
    const query = {
      search: values.q,
      ...sorted,
      active: values.active === undefined ? undefined : values.active === "true",
      paginate_page: page,
      paginate_limit: limit,
    };
    return answer(api.GET("/users", { params: { query }, signal }));
  });
  const columns: Column<User>[] = [
    {
      key: "name",
      sort: "name",
      title: words.columns.name,
      width: "minmax(0, 1.4fr)",
      cell: (user) => (
        <Anchor component={Link} to={`/drivers/${user._id}`} fw={600} size="sm" c="var(--mantine-color-text)">
          {userName(user)}
        </Anchor>
      ),
    },
    {
      key: "email",
      title: words.columns.email,
      width: "minmax(0, 1.6fr)",
      from: "tablet",
      cell: (user) => user.email ?? "",
    },
    {
      key: "phone",
      title: words.columns.phone,
      width: "150px",
      from: "desktop",
      cell: (user) => user.phone?.mobile ?? "",
    },
    {
      key: "status",
      title: words.columns.status,
      width: "110px",
      cell: (user) => <StatusBadge status={user.active ? "active" : "inactive"} />,
    },
    {
      key: "since",
      sort: "createdAt",
      title: words.columns.since,
      width: "120px",
      from: "tablet",
      align: "right",
      cell: (user) => format.date(user.createdAt),
    },
  ];
  const add = may("write:users") && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {words.add}
    </Button>
  );
  return (
    <>
      <ListPage
        title={shell.pages.drivers}
        actions={add}
        rows={rows}
        columns={columns}
        sorting={sorting}
        to={(user) => `/drivers/${user._id}`}
        empty={{ title: words.empty, about: words.emptyAbout, icon: IconUsers, action: add }}
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
                ["true", words.active],
                ["false", words.blocked],
              ]}
              onChange={(v) => set("active", v)}
            />
          </FilterBar>
        }
      />
      {isAdding && <DriverForm onClose={() => setAdding(false)} />}
    </>
  );
}
