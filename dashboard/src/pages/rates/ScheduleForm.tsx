import { Select, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { api, result } from "../../api/client";
import { FormModal } from "../../parts/FormModal";
import { useWords } from "../../words";
import { useFlatRates } from "./flat";

/** A schedule begins with its default alone; its week is painted on its page. */
export function ScheduleForm({ onClose }: { onClose: () => void }) {
  const { rates: words, common } = useWords();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const rates = useFlatRates();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const base = rates.find((rate) => rate._id === chosen);
  const save = async () => {
    const body = { name, currency: base?.currency ?? "EUR", default_rate: chosen ?? "", layout: [] };
    const made = await result(api.POST("/rates/schedule", { body }));
    void queries.invalidateQueries({ queryKey: ["rates"] });
    void navigate(`/rates/${made._id}`);
  };
  return (
    <FormModal
      title={words.addSchedule}
      submit={common.create}
      onSubmit={save}
      onClose={onClose}
      isReady={chosen !== null}
    >
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
          <Select
            label={words.fields.default}
            required
            searchable
            error={errors.default_rate}
            value={chosen}
            data={rates.map((rate) => ({ value: rate._id, label: rate.name }))}
            onChange={setChosen}
          />
        </>
      )}
    </FormModal>
  );
}
