import { Alert, Button, Group, Stack, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconSend } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { api, result } from "../../api/client";
import { Confirm } from "../../parts/Confirm";
import { EditRemove } from "../../parts/EditRemove";
import { Facts } from "../../parts/Facts";
import { useFormat } from "../../parts/format";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { Secret } from "../../parts/Secret";
import { StatusBadge } from "../../parts/StatusBadge";
import { ErrorState, Shown } from "../../parts/states";
import { tell } from "../../parts/tell";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import { type Webhook, WebhookForm } from "../webhooks/WebhookForm";
import { Deliveries } from "./Deliveries";
import { watchDeliveries } from "./watch";

export default function WebhookPage() {
  const { id = "" } = useParams();
  const webhook = useQuery({
    queryKey: ["webhooks", "one", id],
    queryFn: ({ signal }) => result(api.GET("/webhooks/{id}", { params: { path: { id } }, signal })),
  });
  return <Shown of={webhook}>{(found) => <Found webhook={found} />}</Shown>;
}

function Found({ webhook }: { webhook: Webhook }) {
  const { webhooks: words, shell } = useWords();
  const { may } = useMe();
  const format = useFormat();
  const mayWrite = may("write:webhooks");
  return (
    <>
      <PageHead
        title={new URL(webhook.url).host}
        up={{ to: "/webhooks", label: shell.pages.webhooks }}
        beside={<StatusBadge status={webhook.active ? "active" : "inactive"} size="md" />}
        about={webhook.url}
        actions={mayWrite && <Actions webhook={webhook} />}
      />
      {webhook.disabled_reason && (
        <Alert color="orange" icon={<IconAlertTriangle size={18} />} title={words.disabled} mb="md">
          {webhook.disabled_reason}
        </Alert>
      )}
      {webhook.last_exhausted && (
        <Alert color="orange" icon={<IconAlertTriangle size={18} />} title={words.exhausted} mb="md">
          {webhook.last_exhausted.event_type}, {format.dateTime(webhook.last_exhausted.at)}:{" "}
          {webhook.last_exhausted.last_error}
        </Alert>
      )}
      <div className="grid">
        <div data-span={8}>
          <Deliveries webhook={webhook} />
        </div>
        <Stack gap="md" data-span={4}>
          <Panel title={words.columns.events}>
            <Facts
              of={[
                [words.columns.events, webhook.events.join(", ")],
                [words.fields.description, webhook.description],
                [words.fields.alert, webhook.alert_email],
                [words.columns.changed, format.dateTime(webhook.updatedAt)],
              ]}
            />
          </Panel>
          {mayWrite && <Rotate webhook={webhook} />}
          {mayWrite && <ReplayMany webhook={webhook} />}
        </Stack>
      </div>
    </>
  );
}

function Actions({ webhook }: { webhook: Webhook }) {
  const { webhooks: words, common } = useWords();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [open, setOpen] = useState<"edit" | "remove">();
  const path = { params: { path: { id: webhook._id } } };
  const testing = useMutation({
    mutationFn: () => result(api.POST("/webhooks/{id}/test", path)),
    onSuccess: () => {
      tell(words.tested);
      watchDeliveries(queries, webhook._id);
    },
  });
  const remove = async () => {
    await result(api.DELETE("/webhooks/{id}", path));
    void navigate("/webhooks");
  };
  return (
    <Group gap="xs">
      <Button
        size="xs"
        leftSection={<IconSend size={15} />}
        loading={testing.isPending}
        onClick={() => testing.mutate()}
      >
        {words.test}
      </Button>
      <EditRemove
        edit={words.edit}
        onEdit={() => setOpen("edit")}
        remove={words.remove}
        onRemove={() => setOpen("remove")}
      />
      {testing.error && <ErrorState error={testing.error} />}
      {open === "edit" && <WebhookForm webhook={webhook} onClose={() => setOpen(undefined)} />}
      <Confirm
        opened={open === "remove"}
        onClose={() => setOpen(undefined)}
        title={words.remove}
        radius={[webhook.url]}
        act={common.delete}
        onAct={remove}
      >
        {words.removeAbout}
      </Confirm>
    </Group>
  );
}

function Rotate({ webhook }: { webhook: Webhook }) {
  const { webhooks: words } = useWords();
  const [isAsking, setAsking] = useState(false);
  const [secret, setSecret] = useState<string>();
  const rotate = async () => {
    const changed = await result(api.POST("/webhooks/{id}/rotate_secret", { params: { path: { id: webhook._id } } }));
    setSecret(changed.secret);
  };
  return (
    <Panel title={words.secret} about={words.rotateAbout}>
      <Stack gap="sm" align="flex-start">
        {secret && <Secret title={words.secret} value={secret} />}
        <Button size="xs" variant="default" onClick={() => setAsking(true)}>
          {words.rotate}
        </Button>
      </Stack>
      <Confirm
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={words.rotate}
        radius={[webhook.url]}
        act={words.rotate}
        onAct={rotate}
      >
        {words.rotateAbout}
      </Confirm>
    </Panel>
  );
}

function ReplayMany({ webhook }: { webhook: Webhook }) {
  const { webhooks: words } = useWords();
  const queries = useQueryClient();
  const [from, setFrom] = useState("");
  const replaying = useMutation({
    mutationFn: () =>
      result(
        api.POST("/webhooks/{id}/replay", {
          params: { path: { id: webhook._id } },
          body: { from: new Date(from).toISOString() },
        }),
      ),
    onSuccess: () => {
      tell(words.replayed);
      watchDeliveries(queries, webhook._id);
    },
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    replaying.mutate();
  };
  return (
    <Panel title={words.replayMany} about={words.replayManyAbout}>
      <form onSubmit={submit}>
        <Group gap="xs" align="flex-end">
          <TextInput
            type="datetime-local"
            size="xs"
            required
            label={words.replayFrom}
            value={from}
            onChange={(e) => setFrom(e.currentTarget.value)}
          />
          <Button type="submit" size="xs" variant="default" loading={replaying.isPending}>
            {words.replayMany}
          </Button>
        </Group>
      </form>
      {replaying.error && <ErrorState error={replaying.error} />}
    </Panel>
  );
}
