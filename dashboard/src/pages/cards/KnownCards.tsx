import { Button, Paper } from "@mantine/core";
import { IconCreditCard } from "@tabler/icons-react";
import { useState } from "react";
import { answer, api, type Schemas } from "../../api/client";
import { useRows } from "../../api/pages";
import { type User, userName } from "../../api/resources";
import { FilterBar } from "../../parts/FilterBar";
import { FilterSelect } from "../../parts/FilterSelect";
import { useFormat } from "../../parts/format";
import { SearchField } from "../../parts/SearchField";
import { StatusBadge } from "../../parts/StatusBadge";
import { EmptyState, ErrorState } from "../../parts/states";
import { useFilters } from "../../parts/useFilters";
import { type Sort, useSort } from "../../parts/useSort";
import { type Column, VirtualTable } from "../../parts/VirtualTable";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import { CardForm } from "./CardForm";

export type Card = Schemas["Token"];
const filterNames = ["q", "active"] as const;
const sortNames = ["physicalId", "createdAt"] as const;
const newest: Sort<(typeof sortNames)[number]> = { by: "createdAt", order: "desc" };

/** The driver of a card whose user was asked to be expanded. */
function driverOf(card: Card): string | undefined {
  const user: unknown = card.user;
  return typeof user === "object" && user !== null ? userName(user as User) : undefined;
}

export function KnownCards() {
  const { cards: words, common, status } = useWords();
  const format = useFormat();
  const { may } = useMe();
  const { values, set, clear, isFiltered } = useFilters(filterNames);
  const [edited, setEdited] = useState<Card>();
  const { sorting, sorted, key } = useSort(sortNames, newest);
  const rows = useRows("tokens", { ...values, key }, (page, limit, signal) => {
    const query = {
      search: values.q,
      ...sorted,
      active: values.active === undefined ? undefined : values.active === "true",
      include_user: true,
      paginate_page: page,
      paginate_limit: limit,
    };
    return answer(api.GET("/tokens", { params: { query }, signal }));
  });
  const columns: Column<Card>[] = [
    {
      key: "card",
      sort: "physicalId",
      title: words.columns.card,
      width: "minmax(0, 1.3fr)",
      cell: (card) =>
        may("write:tokens") ? (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            px={0}
            className="mono"
            onClick={() => setEdited(card)}
          >
            {card.physicalId}
          </Button>
        ) : (
          <span className="mono">{card.physicalId}</span>
        ),
    },
    {
      key: "driver",
      title: words.columns.driver,
      width: "minmax(0, 1.2fr)",
      cell: (card) => driverOf(card) ?? words.nobody,
    },
    { key: "type", title: words.columns.type, width: "110px", from: "tablet", cell: (card) => card.type },
    {
      key: "status",
      title: words.columns.status,
      width: "100px",
      cell: (card) => <StatusBadge status={statusOf(card)} />,
    },
    {
      key: "expires",
      title: words.columns.expires,
      width: "130px",
      from: "tablet",
      align: "right",
      cell: (card) => (card.expiresAt ? format.date(card.expiresAt) : common.never),
    },
  ];
  return (
    <>
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
      {rows.error !== null && rows.error !== undefined && <ErrorState error={rows.error} again={rows.again} />}
      {rows.total === 0 ? (
        <Paper>
          <EmptyState title={isFiltered ? common.nothingFits : words.empty} icon={IconCreditCard}>
            {isFiltered ? common.nothingFitsAbout : words.emptyAbout}
          </EmptyState>
        </Paper>
      ) : (
        !rows.error && (
          <VirtualTable
            label={words.tabs.known}
            rows={rows}
            columns={columns}
            sorting={sorting}
            onOpen={may("write:tokens") ? setEdited : undefined}
          />
        )
      )}
      {edited && <CardForm card={edited} onClose={() => setEdited(undefined)} />}
    </>
  );
}

function statusOf(card: Card): string {
  if (card.expiresAt && new Date(card.expiresAt).getTime() < Date.now()) return "expired";
  return card.active ? "active" : "inactive";
}
