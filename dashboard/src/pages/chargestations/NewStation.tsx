import { Button, Group, Modal, Select, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Link } from "react-router";
import { api, result, type Schemas } from "../../api/client";
import { Refusal } from "../../api/refusal";
import { type Chargestation, useLocations } from "../../api/resources";
import { Copy, Secret } from "../../parts/Secret";
import { ErrorState } from "../../parts/states";
import { useWords } from "../../words";

type Body = Schemas["ChargestationBody"];
export const securities = ["basic_auth", "tls_basic", "mtls", "none"] as const;

export function NewStation({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { chargestations: words, common } = useWords();
  const [made, setMade] = useState<Chargestation>();
  const close = () => {
    setMade(undefined);
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={made ? words.form.made : words.form.title}
      closeButtonProps={{ "aria-label": common.close }}
    >
      {made ? <Made station={made} /> : <Form onMade={setMade} onClose={close} />}
    </Modal>
  );
}

function Form({ onMade, onClose }: { onMade: (station: Chargestation) => void; onClose: () => void }) {
  const { chargestations: words, common } = useWords();
  const queries = useQueryClient();
  const locations = useLocations();
  const [body, setBody] = useState<Body>({
    name: "",
    public: true,
    is_simulator: false,
    security: { type: "basic_auth" },
  });
  const change = (part: Body) => setBody((now) => ({ ...now, ...part }));
  const adding = useMutation({
    mutationFn: () => result(api.POST("/chargestations", { body: { ...body, endpoint: body.endpoint || undefined } })),
    onSuccess: (station) => {
      void queries.invalidateQueries({ queryKey: ["chargestations"] });
      onMade(station);
    },
  });
  const fields = adding.error instanceof Refusal ? adding.error.fields : {};
  const submit = (e: FormEvent) => {
    e.preventDefault();
    adding.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          data-autofocus
          label={words.form.name}
          description={words.form.nameHint}
          required
          maxLength={200}
          error={fields.name}
          value={body.name ?? ""}
          onChange={(e) => change({ name: e.currentTarget.value })}
        />
        <TextInput
          label={words.form.endpoint}
          description={words.form.endpointHint}
          maxLength={48}
          error={fields.endpoint}
          value={body.endpoint ?? ""}
          onChange={(e) => change({ endpoint: e.currentTarget.value })}
        />
        <Select
          label={words.form.location}
          placeholder={words.form.noLocation}
          clearable
          searchable
          error={fields.location}
          value={body.location ?? null}
          data={(locations.data?.result ?? []).map((l) => ({ value: l._id, label: l.name }))}
          onChange={(location) => change({ location: location ?? undefined })}
        />
        <Select
          label={words.form.security}
          error={fields["security.type"]}
          allowDeselect={false}
          value={body.security?.type ?? "basic_auth"}
          data={securities.map((type) => ({ value: type, label: words.form.securities[type] }))}
          onChange={(type) => change({ security: { type: securities.find((s) => s === type) ?? "basic_auth" } })}
        />
        <Switch
          label={words.form.public}
          checked={body.public ?? false}
          onChange={(e) => change({ public: e.currentTarget.checked })}
        />
        <Switch
          label={words.form.simulated}
          checked={body.is_simulator ?? false}
          onChange={(e) => change({ is_simulator: e.currentTarget.checked })}
        />
        {adding.error && Object.keys(fields).length === 0 && <ErrorState error={adding.error} />}
        <Group justify="flex-end" gap="xs" mt="xs">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={adding.isPending}>
            {words.form.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function Made({ station }: { station: Chargestation }) {
  const { chargestations: words } = useWords();
  return (
    <Stack gap="md">
      <Text size="sm">{words.form.enter}</Text>
      <div>
        <Text size="sm" fw={600}>
          {words.form.url}
        </Text>
        <Group gap="xs">
          <Text className="mono" style={{ overflowWrap: "anywhere" }}>
            {station.connection_url}
          </Text>
          <Copy value={station.connection_url} />
        </Group>
      </div>
      {station.security.password && <Secret title={words.form.password} value={station.security.password} />}
      <Button component={Link} to={`/chargestations/${station._id}`}>
        {words.form.open}
      </Button>
    </Stack>
  );
}
