import { Button, Group } from "@mantine/core";
import { IconKey, IconPlus } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, result, type Schemas } from "../../api/client";
import { useRows } from "../../api/pages";
import { Confirm } from "../../parts/Confirm";
import { useFormat } from "../../parts/format";
import { ListPage } from "../../parts/ListPage";
import { StatusBadge } from "../../parts/StatusBadge";
import { type Sort, useSort } from "../../parts/useSort";
import type { Column } from "../../parts/VirtualTable";
import { useWords } from "../../words";
import { KeyForm, ShownKey } from "./KeyForm";

export type ApiKey = Schemas["ApiKey"];

const sortNames = ["lastUsedAt", "expiresAt", "createdAt"] as const;
const newest: Sort<(typeof sortNames)[number]> = { by: "createdAt", order: "desc" };

export default function ApiKeys() {
  const { apiKeys: words, shell, common } = useWords();
  const format = useFormat();
  const queries = useQueryClient();
  const [isAdding, setAdding] = useState(false);
  const [asked, setAsked] = useState<{ deed: "revoke" | "rotate"; key: ApiKey }>();
  const [made, setMade] = useState<ApiKey>();
  const { sorting, sorted, key: order } = useSort(sortNames, newest);
  const rows = useRows("api_keys", { order }, (page, limit, signal) =>
    answer(
      api.GET("/api_keys", { params: { query: { ...sorted, paginate_page: page, paginate_limit: limit } }, signal }),
    ),
  );
  const columns: Column<ApiKey>[] = [
    { key: "name", title: words.columns.name, width: "minmax(0, 1.2fr)", cell: (key) => <strong>{key.name}</strong> },
    {
      key: "prefix",
      title: words.columns.prefix,
      width: "170px",
      from: "tablet",
      cell: (key) => <span className="mono">{key.prefix}</span>,
    },
    {
      key: "scopes",
      title: words.columns.scopes,
      width: "minmax(0, 1.4fr)",
      from: "tablet",
      cell: (key) => key.scopes.join(", "),
    },
    {
      key: "used",
      sort: "lastUsedAt",
      title: words.columns.used,
      width: "120px",
      from: "desktop",
      cell: (key) => (key.lastUsedAt ? format.when(key.lastUsedAt) : words.unused),
    },
    {
      key: "expires",
      sort: "expiresAt",
      title: words.columns.expires,
      width: "110px",
      from: "desktop",
      cell: (key) => (key.expiresAt ? format.date(key.expiresAt) : common.never),
    },
    {
      key: "status",
      title: words.columns.status,
      width: "84px",
      from: "tablet",
      cell: (key) => <StatusBadge status={statusOf(key)} />,
    },
    {
      key: "deeds",
      title: common.actions,
      hidesTitle: true,
      width: "190px",
      phoneWidth: "150px",
      align: "right",
      cell: (key) =>
        key.active && (
          <Group gap={4} justify="flex-end" wrap="nowrap">
            <Button size="compact-xs" variant="subtle" onClick={() => setAsked({ deed: "rotate", key })}>
              {words.rotate}
            </Button>
            <Button size="compact-xs" variant="subtle" color="red" onClick={() => setAsked({ deed: "revoke", key })}>
              {words.revoke}
            </Button>
          </Group>
        ),
    },
  ];
  const act = async () => {
    if (!asked) return;
    const path = { params: { path: { id: asked.key._id } } };
    if (asked.deed === "revoke") await result(api.PATCH("/api_keys/{id}", { ...path, body: { active: false } }));
    else setMade(await result(api.POST("/api_keys/{id}/rotate", { ...path, body: { overlap_minutes: 1440 } })));
    void queries.invalidateQueries({ queryKey: ["api_keys"] });
  };
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {words.add}
    </Button>
  );
  return (
    <>
      <ListPage
        title={shell.pages.api_keys}
        actions={add}
        rows={rows}
        columns={columns}
        sorting={sorting}
        empty={{ title: words.empty, about: words.emptyAbout, icon: IconKey, action: add }}
      />
      {isAdding && <KeyForm onClose={() => setAdding(false)} onMade={setMade} />}
      {made && <ShownKey apiKey={made} onClose={() => setMade(undefined)} />}
      <Confirm
        opened={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={asked ? words[asked.deed] : ""}
        radius={asked ? [asked.key.name] : []}
        typed={asked?.deed === "revoke" ? asked.key.name : undefined}
        act={asked ? words[asked.deed] : ""}
        onAct={act}
      >
        {asked?.deed === "revoke" ? words.revokeAbout : words.rotateAbout}
      </Confirm>
    </>
  );
}

function statusOf(key: ApiKey): string {
  if (!key.active) return "revoked";
  return key.expiresAt && new Date(key.expiresAt).getTime() < Date.now() ? "expired" : "active";
}
