import { Button, Group, Modal, Select, Stack, Switch, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api, result, type Schemas } from "../../api/client";
import { Refusal } from "../../api/refusal";
import { type Chargestation, useLocations } from "../../api/resources";
import { ErrorState } from "../../parts/states";
import { tell } from "../../parts/tell";
import { useWords } from "../../words";

type Change = Schemas["ChargestationChangePatch"];

interface Props {
  station: Chargestation;
  opened: boolean;
  onClose: () => void;
}

export function EditStation({ station, opened, onClose }: Props) {
  const { chargestation: words, common } = useWords();
  return (
    <Modal opened={opened} onClose={onClose} title={words.edit} closeButtonProps={{ "aria-label": common.close }}>
      <Form station={station} onClose={onClose} />
    </Modal>
  );
}

function Form({ station, onClose }: Omit<Props, "opened">) {
  const { chargestation: words, chargestations, common } = useWords();
  const queries = useQueryClient();
  const locations = useLocations();
  const [change, setChange] = useState<Change>({});
  const set = (part: Change) => setChange((now) => ({ ...now, ...part }));
  const saving = useMutation({
    mutationFn: () =>
      result(api.PATCH("/chargestations/{id}", { params: { path: { id: station._id } }, body: change })),
    onSuccess: (saved) => {
      queries.setQueryData(["chargestations", "one", station._id], saved);
      tell(common.saved);
      onClose();
    },
  });
  const fields = saving.error instanceof Refusal ? saving.error.fields : {};
  const submit = (e: FormEvent) => {
    e.preventDefault();
    saving.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          data-autofocus
          label={common.name}
          required
          error={fields.name}
          value={change.name ?? station.name}
          onChange={(e) => set({ name: e.currentTarget.value })}
        />
        <Textarea
          label={common.description}
          autosize
          minRows={2}
          error={fields.description}
          value={change.description ?? station.description ?? ""}
          onChange={(e) => set({ description: e.currentTarget.value })}
        />
        <TextInput
          label={words.facts.endpoint}
          description={chargestations.form.endpointHint}
          error={fields.endpoint}
          value={change.endpoint ?? station.endpoint}
          onChange={(e) => set({ endpoint: e.currentTarget.value })}
        />
        <Select
          label={words.facts.location}
          searchable
          error={fields.location}
          value={change.location ?? station.location ?? null}
          data={(locations.data?.result ?? []).map((l) => ({ value: l._id, label: l.name }))}
          onChange={(location) => location && set({ location })}
        />
        <Switch
          label={words.facts.public}
          checked={change.public ?? station.public}
          onChange={(e) => set({ public: e.currentTarget.checked })}
        />
        <Switch
          label={chargestations.inUse}
          checked={change.active ?? station.active}
          onChange={(e) => set({ active: e.currentTarget.checked })}
        />
        {saving.error && Object.keys(fields).length === 0 && <ErrorState error={saving.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={saving.isPending} disabled={Object.keys(change).length === 0}>
            {common.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
