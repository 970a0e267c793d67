import { Anchor, Button } from "@mantine/core";
import { IconPlus, IconWebhook } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import { answer, api } from "../../api/client";
import { useRows } from "../../api/pages";
import { useFormat } from "../../parts/format";
import { ListPage } from "../../parts/ListPage";
import { StatusBadge } from "../../parts/StatusBadge";
import { type Sort, useSort } from "../../parts/useSort";
import type { Column } from "../../parts/VirtualTable";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import { type Webhook, WebhookForm } from "./WebhookForm";

const sortNames = ["updatedAt", "createdAt"] as const;
const newest: Sort<(typeof sortNames)[number]> = { by: "createdAt", order: "desc" };

export default function Webhooks() {
  const { webhooks: words, shell } = useWords();
  const format = useFormat();
  const { may } = useMe();
  const [isAdding, setAdding] = useState(false);
  const { sorting, sorted, key: order } = useSort(sortNames, newest);
  const rows = useRows("webhooks", { order }, (page, limit, signal) =>
    answer(
      api.GET("/webhooks", { params: { query: { ...sorted, paginate_page: page, paginate_limit: limit } }, signal }),
    ),
  );
  const columns: Column<Webhook>[] = [
    {
      key: "url",
      title: words.columns.url,
      width: "minmax(0, 2fr)",
      cell: (webhook) => (
        <Anchor component={Link} to={`/webhooks/${webhook._id}`} fw={600} size="sm" c="var(--mantine-color-text)">
          {webhook.url}
        </Anchor>
      ),
    },
    {
      key: "events",
      title: words.columns.events,
      width: "minmax(0, 1fr)",
      from: "tablet",
      cell: (webhook) => webhook.events.join(", "),
    },
    {
      key: "status",
      title: words.columns.status,
      width: "100px",
      cell: (webhook) => <StatusBadge status={webhook.active ? "active" : "inactive"} />,
    },
    {
      key: "changed",
      sort: "updatedAt",
      title: words.columns.changed,
      width: "140px",
      from: "tablet",
      align: "right",
      cell: (w) => format.when(w.updatedAt),
    },
  ];
  const add = may("write:webhooks") && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {words.add}
    </Button>
  );
  return (
    <>
      <ListPage
        title={shell.pages.webhooks}
        actions={add}
        rows={rows}
        columns={columns}
        sorting={sorting}
        to={(webhook) => `/webhooks/${webhook._id}`}
        empty={{ title: words.empty, about: words.emptyAbout, icon: IconWebhook, action: add }}
      />
      {isAdding && <WebhookForm onClose={() => setAdding(false)} />}
    </>
  );
}
