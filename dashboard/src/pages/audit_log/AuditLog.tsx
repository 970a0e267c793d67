import { Drawer, Stack, Text, TextInput } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useState } from "react";
import { answer, api, type Schemas } from "../../api/client";
import { useRows } from "../../api/pages";
import { Facts } from "../../parts/Facts";
import { FilterBar } from "../../parts/FilterBar";
import { FilterSelect } from "../../parts/FilterSelect";
import { useFormat } from "../../parts/format";
import { Json } from "../../parts/Json";
import { ListPage } from "../../parts/ListPage";
import { useFilters } from "../../parts/useFilters";
import type { Column } from "../../parts/VirtualTable";
import { useWords } from "../../words";

type Entry = Schemas["AuditEntry"];
const filterNames = ["actor_type", "method", "object", "from", "to"] as const;
const methods = ["POST", "PATCH", "DELETE", "GET"];
const objects = [
  "chargestation",
  "connector",
  "session",
  "user",
  "token",
  "location",
  "rate",
  "webhook",
  "api_key",
  "admin",
  "admin_session",
  "organization",
  "wallet",
];

export default function AuditLog() {
  const { auditLog: words, shell, common } = useWords();
  const format = useFormat();
  const { values, set, clear, isFiltered } = useFilters(filterNames);
  const [shown, setShown] = useState<Entry>();
  const rows = useRows("audit_log", values, (page, limit, signal) => {
    const query = {
      actor_type: values.actor_type as "admin" | undefined,
      method: values.method,
      object: values.object,
      from: values.from && new Date(`${values.from}T00:00:00`).toISOString(),
      to: values.to && new Date(`${values.to}T23:59:59.999`).toISOString(),
      paginate_page: page,
      paginate_limit: limit,
    };
    return answer(api.GET("/audit_log", { params: { query }, signal }));
  });
  const columns: Column<Entry>[] = [
    { key: "at", title: words.columns.at, width: "120px", cell: (entry) => format.when(entry.createdAt) },
    {
      key: "who",
      title: words.columns.who,
      width: "minmax(0, 1.1fr)",
      cell: (entry) => entry.actor?.name ?? words.actors.nobody,
    },
    {
      key: "what",
      title: words.columns.what,
      width: "minmax(0, 1.8fr)",
      cell: (entry) => (
        <button type="button" className="plain mono" onClick={() => setShown(entry)}>
          {entry.method} {entry.route}
        </button>
      ),
    },
    {
      key: "object",
      title: words.columns.object,
      width: "120px",
      from: "desktop",
      cell: (entry) => entry.object ?? "",
    },
    { key: "result", title: words.columns.result, width: "110px", from: "tablet", cell: (entry) => entry.result },
    { key: "address", title: words.columns.address, width: "120px", from: "desktop", cell: (entry) => entry.address },
  ];
  return (
    <>
      <ListPage
        title={shell.pages.audit_log}
        about={words.about}
        rows={rows}
        columns={columns}
        onOpen={setShown}
        empty={{ title: words.empty, about: words.emptyAbout, icon: IconHistory }}
        isFiltered={isFiltered}
        filters={
          <FilterBar isFiltered={isFiltered} onClear={clear}>
            <FilterSelect
              label={words.filters.actor}
              value={values.actor_type}
              options={Object.entries(words.actors)}
              onChange={(v) => set("actor_type", v)}
            />
            <FilterSelect
              label={words.filters.object}
              value={values.object}
              options={objects.map((name) => [name, name])}
              onChange={(v) => set("object", v)}
            />
            <FilterSelect
              label={words.filters.method}
              value={values.method}
              options={methods.map((name) => [name, name])}
              onChange={(v) => set("method", v)}
              width={120}
            />
            <TextInput
              type="date"
              size="xs"
              label={common.from}
              value={values.from ?? ""}
              onChange={(e) => set("from", e.currentTarget.value)}
            />
            <TextInput
              type="date"
              size="xs"
              label={common.to}
              value={values.to ?? ""}
              onChange={(e) => set("to", e.currentTarget.value)}
            />
          </FilterBar>
        }
      />
      <Drawer
        opened={shown !== undefined}
        onClose={() => setShown(undefined)}
        position="right"
        size="lg"
        title={words.details}
        closeButtonProps={{ "aria-label": common.close }}
      >
        {shown && <Details entry={shown} />}
      </Drawer>
    </>
  );
}

function Details({ entry }: { entry: Entry }) {
  const { auditLog: words } = useWords();
  const format = useFormat();
  return (
    <Stack gap="sm">
      <Facts
        of={[
          [words.columns.at, format.exact(entry.createdAt)],
          [words.columns.who, entry.actor?.name],
          [words.columns.what, `${entry.method} ${entry.route}`],
          [words.columns.result, entry.result],
          [words.columns.address, entry.address],
          [words.reveals, entry.reveals],
          [words.request, entry.request_id],
          [words.hash, entry.hash],
        ]}
      />
      {entry.before && (
        <>
          <Text size="sm" fw={600}>
            {words.before}
          </Text>
          <Json of={entry.before} />
        </>
      )}
      {entry.after && (
        <>
          <Text size="sm" fw={600}>
            {words.after}
          </Text>
          <Json of={entry.after} />
        </>
      )}
    </Stack>
  );
}
