import { Button, Modal, Stack, Switch, TagsInput, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { api, result, type Schemas } from "../../api/client";
import { orNone } from "../../api/orNone";
import { FormModal } from "../../parts/FormModal";
import { Secret } from "../../parts/Secret";
import { tell } from "../../parts/tell";
import { useWords } from "../../words";

export type Webhook = Schemas["Webhook"];

const families = [
  "*",
  "session.*",
  "session.started",
  "session.ended",
  "chargestation.online",
  "chargestation.offline",
  "token.unknown",
];

export function WebhookForm({ webhook, onClose }: { webhook?: Webhook; onClose: () => void }) {
  const { webhooks: words, common } = useWords();
  const queries = useQueryClient();
  const [url, setUrl] = useState(webhook?.url ?? "https://");
  const [events, setEvents] = useState(webhook?.events ?? ["*"]);
  const [description, setDescription] = useState(webhook?.description ?? "");
  const [alert, setAlert] = useState(webhook?.alert_email ?? "");
  const [active, setActive] = useState(webhook?.active ?? true);
  const [made, setMade] = useState<Webhook>();
  const save = async () => {
    const body = { url, events, active, description, alert_email: orNone(alert) };
    if (webhook) await result(api.PATCH("/webhooks/{id}", { params: { path: { id: webhook._id } }, body }));
    else setMade(await result(api.POST("/webhooks", { body })));
    void queries.invalidateQueries({ queryKey: ["webhooks"] });
    tell(common.saved);
  };
  if (made)
    return (
      <Modal opened onClose={onClose} title={words.made} closeButtonProps={{ "aria-label": common.close }}>
        <Stack>
          {made.secret && <Secret title={words.secret} value={made.secret} />}
          <Button component={Link} to={`/webhooks/${made._id}`}>
            {words.open}
          </Button>
        </Stack>
      </Modal>
    );
  return (
    <FormModal
      title={webhook ? words.edit : words.add}
      submit={common.save}
      onSubmit={save}
      onClose={webhook ? onClose : () => {}}
      onCancel={onClose}
      isReady={events.length > 0}
    >
      {(errors) => (
        <>
          <TextInput
            data-autofocus
            type="url"
            label={words.fields.url}
            description={words.fields.urlHint}
            required
            error={errors.url}
            value={url}
            onChange={(e) => setUrl(e.currentTarget.value)}
          />
          <TagsInput
            label={words.fields.events}
            description={words.fields.eventsHint}
            error={errors.events ?? Object.entries(errors).find(([field]) => field.startsWith("events["))?.[1]}
            data={families}
            value={events}
            onChange={setEvents}
          />
          <TextInput
            label={words.fields.description}
            error={errors.description}
            value={description}
            onChange={(e) => setDescription(e.currentTarget.value)}
          />
          <TextInput
            type="email"
            label={words.fields.alert}
            error={errors.alert_email}
            value={alert}
            onChange={(e) => setAlert(e.currentTarget.value)}
          />
          <Switch label={words.fields.active} checked={active} onChange={(e) => setActive(e.currentTarget.checked)} />
        </>
      )}
    </FormModal>
  );
}
