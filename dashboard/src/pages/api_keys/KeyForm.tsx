import { Modal, SegmentedControl, TagsInput, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, result } from "../../api/client";
import { FormModal } from "../../parts/FormModal";
import { Secret } from "../../parts/Secret";
import { useWords } from "../../words";
import type { ApiKey } from "./ApiKeys";

const resources = [
  "chargestations",
  "connectors",
  "sessions",
  "actions",
  "events",
  "users",
  "tokens",
  "locations",
  "rates",
  "webhooks",
  "reservations",
  "load_groups",
  "wallets",
  "payments",
  "top_ups",
  "organizations",
  "audit_log",
];
const scopes = ["*", ...resources.flatMap((name) => [`read:${name}`, `write:${name}`])];

export function KeyForm({ onClose, onMade }: { onClose: () => void; onMade: (key: ApiKey) => void }) {
  const { apiKeys: words, common } = useWords();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<string[]>([]);
  const [expires, setExpires] = useState("");
  const [mode, setMode] = useState("live");
  const save = async () => {
    const expiresAt = expires ? new Date(`${expires}T00:00:00`).toISOString() : undefined;
    const body = { name, scopes: chosen, mode: mode === "test" ? ("test" as const) : ("live" as const), expiresAt };
    onMade(await result(api.POST("/api_keys", { body })));
    void queries.invalidateQueries({ queryKey: ["api_keys"] });
  };
  return (
    <FormModal title={words.add} submit={common.create} onSubmit={save} onClose={onClose} isReady={chosen.length > 0}>
      {(errors) => (
        <>
          <TextInput
            data-autofocus
            label={words.fields.name}
            required
            error={errors.name}
            value={name}
            onChange={(e) => setName(e.currentTarget.value)}
          />
          <TagsInput
            label={words.fields.scopes}
            description={words.fields.scopesHint}
            required
            maxDropdownHeight={220}
            error={errors.scopes ?? Object.entries(errors).find(([field]) => field.startsWith("scopes["))?.[1]}
            data={scopes}
            value={chosen}
            onChange={setChosen}
          />
          <TextInput
            type="date"
            label={words.fields.expiresAt}
            description={common.optional}
            error={errors.expiresAt}
            value={expires}
            onChange={(e) => setExpires(e.currentTarget.value)}
          />
          <div>
            <Text size="sm" fw={500} mb={4}>
              {words.fields.mode}
            </Text>
            <SegmentedControl
              aria-label={words.fields.mode}
              value={mode}
              onChange={setMode}
              data={[
                { value: "live", label: words.fields.live },
                { value: "test", label: words.fields.test },
              ]}
            />
          </div>
        </>
      )}
    </FormModal>
  );
}

export function ShownKey({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const { apiKeys: words, common } = useWords();
  return (
    <Modal opened onClose={onClose} title={words.made} size="lg" closeButtonProps={{ "aria-label": common.close }}>
      {apiKey.key && <Secret title={`${words.key}: ${apiKey.name}`} value={apiKey.key} />}
    </Modal>
  );
}
