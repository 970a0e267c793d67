import { ActionIcon, Anchor, Button } from "@mantine/core";
import { IconCalendarTime, IconPlus, IconX } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { answer, api, result, type Schemas } from "../../api/client";
import { useRows } from "../../api/pages";
import { type Chargestation, type Connector, type User, userName } from "../../api/resources";
import { Confirm } from "../../parts/Confirm";
import { FilterBar } from "../../parts/FilterBar";
import { FilterPick } from "../../parts/FilterPick";
import { FilterSelect } from "../../parts/FilterSelect";
import { useFormat } from "../../parts/format";
import { ListPage } from "../../parts/ListPage";
import { StatusBadge } from "../../parts/StatusBadge";
import { drivers, stations } from "../../parts/sources";
import { tell } from "../../parts/tell";
import { useFilters } from "../../parts/useFilters";
import { type Sort, useSort } from "../../parts/useSort";
import type { Column } from "../../parts/VirtualTable";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import { Reserve } from "./Reserve";

/** The document words references as ids; include_… put the things there, where they still are. */
type Reservation = Omit<Schemas["Reservation"], "user" | "token" | "chargestation" | "connector"> & {
  user?: string | User;
  token: string | Schemas["Token"];
  chargestation: string | Chargestation;
  connector?: string | Connector;
};

const filterNames = ["status", "user", "chargestation"] as const;
const statuses = ["pending", "active", "used", "expired", "cancelled", "refused"] as const;
const sortNames = ["createdAt"] as const;
const newest: Sort<(typeof sortNames)[number]> = { by: "createdAt", order: "desc" };

function whoOf({ user, token }: Reservation): string {
  if (typeof user === "object") return userName(user);
  return typeof token === "object" ? token.physicalId : token;
}

export default function Reservations() {
  const { reservations: words, chargestation: stationWords, shell, common, status } = useWords();
  const format = useFormat();
  const { may } = useMe();
  const queries = useQueryClient();
  const { values, set, clear, isFiltered, flag } = useFilters(filterNames);
  const { sorting, sorted, key } = useSort(sortNames, newest);
  const [cancelled, setCancelled] = useState<Reservation>();
  const rows = useRows("reservations", { ...values, key }, async (page, limit, signal) => {
    const query = {
      status: statuses.find((one) => one === values.status),
      user: values.user,
      chargestation: values.chargestation,
      include_user: true,
      include_token: true,
      include_chargestation: true,
      include_connector: true,
      ...sorted,
      paginate_page: page,
      paginate_limit: limit,
    };
    const found = await answer(api.GET("/reservations", { params: { query }, signal }));
    return { ...found, result: found.result as Reservation[] };
  });
  const columns: Column<Reservation>[] = [
    {
      key: "who",
      title: words.columns.who,
      width: "minmax(0, 1.2fr)",
      cell: (one) =>
        typeof one.user === "object" ? (
          <Anchor component={Link} to={`/drivers/${one.user._id}`} fw={600} size="sm" c="var(--mantine-color-text)">
            {whoOf(one)}
          </Anchor>
        ) : (
          <span className="mono">{whoOf(one)}</span>
        ),
    },
    {
      key: "status",
      title: common.status,
      width: "100px",
      phoneWidth: "86px",
      cell: (one) => <StatusBadge status={one.status} />,
    },
    {
      key: "station",
      title: words.columns.station,
      width: "minmax(0, 1.4fr)",
      from: "tablet",
      cell: ({ chargestation: at }) =>
        typeof at === "object" ? (
          <Anchor component={Link} to={`/chargestations/${at._id}`} size="sm" c="var(--mantine-color-text)">
            {at.name}
          </Anchor>
        ) : (
          at
        ),
    },
    {
      key: "connector",
      title: words.columns.connector,
      width: "140px",
      from: "desktop",
      cell: ({ connector }) =>
        typeof connector === "object" ? stationWords.connector(String(connector.connectorId)) : words.anyConnector,
    },
    {
      key: "until",
      title: words.columns.until,
      width: "130px",
      phoneWidth: "70px",
      cell: (one) => format.when(one.expires_at),
    },
    {
      key: "made",
      sort: "createdAt",
      title: words.columns.made,
      width: "130px",
      from: "desktop",
      align: "right",
      cell: (one) => format.when(one.createdAt),
    },
    {
      key: "deeds",
      title: common.actions,
      hidesTitle: true,
      width: "48px",
      phoneWidth: "32px",
      align: "right",
      cell: (one) =>
        (one.status === "pending" || one.status === "active") &&
        may("write:reservations") && (
          <ActionIcon
            size={32}
            variant="subtle"
            color="red"
            aria-label={words.cancelLabel(whoOf(one))}
            title={words.cancel}
            onClick={() => setCancelled(one)}
          >
            <IconX size={16} />
          </ActionIcon>
        ),
    },
  ];
  const add = may("write:reservations") && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => set("new", "1")}>
      {words.add}
    </Button>
  );
  const cancel = async () => {
    await result(api.POST("/reservations/{id}/cancel", { params: { path: { id: cancelled?._id ?? "" } } }));
    tell(words.cancelled);
    void queries.invalidateQueries({ queryKey: ["reservations"] });
  };
  return (
    <>
      <ListPage
        title={shell.pages.reservations}
        actions={add}
        rows={rows}
        columns={columns}
        sorting={sorting}
        empty={{ title: words.empty, about: words.emptyAbout, icon: IconCalendarTime, action: add }}
        isFiltered={isFiltered}
        filters={
          <FilterBar isFiltered={isFiltered} onClear={clear}>
            <FilterSelect
              label={common.status}
              value={values.status}
              options={statuses.map((one) => [one, status[one]])}
              onChange={(v) => set("status", v)}
            />
            <FilterPick label={words.driver} source={drivers} value={values.user} onChange={(v) => set("user", v)} />
            <FilterPick
              label={words.station}
              source={stations}
              value={values.chargestation}
              onChange={(v) => set("chargestation", v)}
            />
          </FilterBar>
        }
      />
      {may("write:reservations") && flag("new") && <Reserve onClose={() => set("new", undefined)} />}
      <Confirm
        opened={cancelled !== undefined}
        onClose={() => setCancelled(undefined)}
        title={words.cancelTitle}
        radius={
          cancelled
            ? [
                whoOf(cancelled),
                ...(typeof cancelled.chargestation === "object" ? [cancelled.chargestation.name] : []),
                words.until(format.dateTime(cancelled.expires_at)),
              ]
            : []
        }
        act={words.cancelTitle}
        onAct={cancel}
      >
        {words.cancelAbout}
      </Confirm>
    </>
  );
}
