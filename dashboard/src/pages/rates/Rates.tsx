import { Anchor, Button } from "@mantine/core";
import { IconCoin, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import { answer, api } from "../../api/client";
import { useRows } from "../../api/pages";
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
import { usePrice } from "./price";
import { type Rate, RateForm } from "./RateForm";
import { ScheduleForm } from "./ScheduleForm";

const filterNames = ["q", "schedule", "active"] as const;
const sortNames = ["name", "createdAt"] as const;
const newest: Sort<(typeof sortNames)[number]> = { by: "createdAt", order: "desc" };

export default function Rates() {
  const { rates: words, shell, status } = useWords();
  const price = usePrice();
  const { may } = useMe();
  const { values, set, clear, isFiltered } = useFilters(filterNames);
  const [open, setOpen] = useState<"rate" | "schedule">();
  const flag = (value: string | undefined) => (value === undefined ? undefined : value === "true");
  const { sorting, sorted, key } = useSort(sortNames, newest);
  const rows = useRows("rates", { ...values, key }, (page, limit, signal) => {
    const query = {
      search: values.q,
      ...sorted,
      schedule: flag(values.schedule),
      active: flag(values.active),
      paginate_page: page,
      paginate_limit: limit,
    };
    return answer(api.GET("/rates", { params: { query }, signal }));
  });
  const columns: Column<Rate>[] = [
    {
      key: "name",
      sort: "name",
      title: words.columns.name,
      width: "minmax(0, 1.2fr)",
      cell: (rate) => (
        <Anchor component={Link} to={`/rates/${rate._id}`} fw={600} size="sm" c="var(--mantine-color-text)">
          {rate.name}
        </Anchor>
      ),
    },
    {
      key: "kind",
      title: words.columns.kind,
      width: "100px",
      cell: (rate) => (rate.layout ? words.schedule : words.rate),
    },
    { key: "price", title: words.columns.price, width: "minmax(0, 2fr)", from: "tablet", cell: price },
    { key: "currency", title: words.columns.currency, width: "90px", from: "tablet", cell: (rate) => rate.currency },
    {
      key: "status",
      title: words.columns.status,
      width: "100px",
      cell: (rate) => <StatusBadge status={rate.active ? "active" : "inactive"} />,
    },
  ];
  const add = may("write:rates") && (
    <>
      <Button variant="default" onClick={() => setOpen("schedule")}>
        {words.addSchedule}
      </Button>
      <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen("rate")}>
        {words.add}
      </Button>
    </>
  );
  return (
    <>
      <ListPage
        title={shell.pages.rates}
        actions={add}
        rows={rows}
        columns={columns}
        sorting={sorting}
        to={(rate) => `/rates/${rate._id}`}
        empty={{ title: words.empty, about: words.emptyAbout, icon: IconCoin }}
        isFiltered={isFiltered}
        filters={
          <FilterBar
            isFiltered={isFiltered}
            onClear={clear}
            search={<SearchField value={values.q} placeholder={words.search} onChange={(v) => set("q", v)} />}
          >
            <FilterSelect
              label={words.kind}
              value={values.schedule}
              options={[
                ["false", words.rate],
                ["true", words.schedule],
              ]}
              onChange={(v) => set("schedule", v)}
            />
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
      {open === "rate" && <RateForm onClose={() => setOpen(undefined)} />}
      {open === "schedule" && <ScheduleForm onClose={() => setOpen(undefined)} />}
    </>
  );
}
