import { Group, NumberInput, Select, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { api, result } from "../../api/client";
import { orNone } from "../../api/orNone";
import { useLocations } from "../../api/resources";
import { FormModal } from "../../parts/FormModal";
import { tell } from "../../parts/tell";
import { useWords } from "../../words";
import type { LoadGroup } from "./LoadGroups";

export function GroupForm({ group, onClose }: { group?: LoadGroup; onClose: () => void }) {
  const { loadGroups, common } = useWords();
  const words = loadGroups.fields;
  const queries = useQueryClient();
  const navigate = useNavigate();
  const locations = useLocations();
  const [name, setName] = useState(group?.name ?? "");
  const [description, setDescription] = useState(group?.description ?? "");
  const [location, setLocation] = useState<string | null>(group?.location ?? null);
  const [capacity, setCapacity] = useState<string | number>(group?.maximum_capacity ?? "");
  const [minimum, setMinimum] = useState<string | number>(group?.minimum_connector_capacity ?? 1.38);
  const [buffer, setBuffer] = useState<string | number>(Math.round((group?.buffer ?? 0) * 100));
  const save = async () => {
    const body = {
      name,
      maximum_capacity: Number(capacity),
      minimum_connector_capacity: Number(minimum),
      buffer: Number(buffer) / 100,
    };
    if (group) {
      const change = { ...body, description: orNone(description), location: orNone(location ?? "") };
      await result(api.PATCH("/load_management/groups/{id}", { params: { path: { id: group._id } }, body: change }));
    } else {
      const more = { ...(description ? { description } : {}), ...(location ? { location } : {}) };
      const made = await result(api.POST("/load_management/groups", { body: { ...body, ...more } }));
      void navigate(`/load-groups/${made._id}`);
    }
    void queries.invalidateQueries({ queryKey: ["load_groups"] });
    tell(common.saved);
  };
  return (
    <FormModal
      title={group ? loadGroups.edit : loadGroups.add}
      submit={common.save}
      onSubmit={save}
      onClose={onClose}
      isReady={name !== "" && Number(capacity) > 0}
    >
      {(errors) => (
        <>
          <TextInput
            data-autofocus
            label={words.name}
            required
            maxLength={200}
            error={errors.name}
            value={name}
            onChange={(e) => setName(e.currentTarget.value)}
          />
          <TextInput
            label={words.description}
            maxLength={2000}
            error={errors.description}
            value={description}
            onChange={(e) => setDescription(e.currentTarget.value)}
          />
          <Select
            label={words.location}
            clearable
            searchable
            error={errors.location}
            value={location}
            data={(locations.data?.result ?? []).map((one) => ({ value: one._id, label: one.name }))}
            onChange={setLocation}
          />
          <NumberInput
            label={words.capacity}
            required
            min={0}
            hideControls
            error={errors.maximum_capacity}
            value={capacity}
            onChange={setCapacity}
          />
          <Group grow align="flex-start">
            <NumberInput
              label={words.minimum}
              description={words.minimumHint}
              inputWrapperOrder={["label", "input", "description", "error"]}
              min={0}
              hideControls
              error={errors.minimum_connector_capacity}
              value={minimum}
              onChange={setMinimum}
            />
            <NumberInput
              label={words.buffer}
              description={words.bufferHint}
              inputWrapperOrder={["label", "input", "description", "error"]}
              min={0}
              max={100}
              hideControls
              error={errors.buffer}
              value={buffer}
              onChange={setBuffer}
            />
          </Group>
        </>
      )}
    </FormModal>
  );
}
