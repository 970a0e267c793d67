import { ActionIcon, Button, Group, NumberInput, Paper, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, result, type Schemas } from "../../api/client";
import { orNone } from "../../api/orNone";
import { FormModal } from "../../parts/FormModal";
import { tell } from "../../parts/tell";
import { useWords } from "../../words";

export type Rate = Schemas["Rate"];
type Component = Schemas["RateBody"]["price_components"][number];
const types = ["ENERGY", "TIME", "PARKING_TIME", "FLAT"] as const;

export function RateForm({ rate, onClose }: { rate?: Rate; onClose: () => void }) {
  const { rates: words, common } = useWords();
  const queries = useQueryClient();
  const [name, setName] = useState(rate?.name ?? "");
  const [currency, setCurrency] = useState(rate?.currency ?? "EUR");
  const [minimum, setMinimum] = useState<string | number>(rate?.minimum_amount ?? "");
  const [maximum, setMaximum] = useState<string | number>(rate?.maximum_amount ?? "");
  const [parts, setParts] = useState<Component[]>(
    (rate?.price_components as Component[] | undefined) ?? [{ type: "ENERGY", price: 0.49, tax: 19 }],
  );
  const free = types.filter((type) => !parts.some((part) => part.type === type));
  const change = (at: number, to: Partial<Component>) =>
    setParts(parts.map((part, i) => (i === at ? { ...part, ...to } : part)));
  const save = async () => {
    const body = {
      name,
      currency: currency.toUpperCase(),
      price_components: parts,
      minimum_amount: orNone(minimum === "" ? "" : Number(minimum)),
      maximum_amount: orNone(maximum === "" ? "" : Number(maximum)),
    };
    if (rate) await result(api.PATCH("/rates/{id}", { params: { path: { id: rate._id } }, body }));
    else await result(api.POST("/rates", { body }));
    void queries.invalidateQueries({ queryKey: ["rates"] });
    tell(common.saved);
  };
  return (
    <FormModal
      title={rate ? words.edit : words.add}
      submit={common.save}
      onSubmit={save}
      onClose={onClose}
      isReady={parts.length > 0}
      size="lg"
    >
      {(errors) => (
        <>
          {rate && (
            <Text size="sm" c="dimmed">
              {words.versionAbout}
            </Text>
          )}
          <Group grow align="flex-start">
            <TextInput
              data-autofocus
              label={words.fields.name}
              required
              error={errors.name}
              value={name}
              onChange={(e) => setName(e.currentTarget.value)}
            />
            <TextInput
              label={words.fields.currency}
              required
              maxLength={3}
              error={errors.currency}
              value={currency}
              onChange={(e) => setCurrency(e.currentTarget.value)}
            />
          </Group>
          <Text size="sm" fw={500}>
            {words.parts}
          </Text>
          {parts.map((part, i) => (
            <Paper key={part.type} p="sm">
              <Stack gap="xs">
                <Group justify="space-between" wrap="nowrap">
                  <Select
                    aria-label={words.fields.type}
                    style={{ flex: 1 }}
                    allowDeselect={false}
                    value={part.type}
                    data={[part.type, ...free].map((type) => ({ value: type, label: words.types[type] }))}
                    onChange={(type) => change(i, { type: types.find((t) => t === type) ?? "ENERGY" })}
                  />
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={words.fields.drop}
                    onClick={() => setParts(parts.filter((_, other) => other !== i))}
                  >
                    <IconX size={16} />
                  </ActionIcon>
                </Group>
                <Group grow align="flex-start">
                  <NumberInput
                    label={words.fields.price}
                    min={0}
                    decimalScale={6}
                    required
                    error={errors[`price_components[${i}].price`]}
                    value={part.price}
                    onChange={(v) => change(i, { price: Number(v) })}
                  />
                  <NumberInput
                    label={words.fields.tax}
                    min={0}
                    max={100}
                    error={errors[`price_components[${i}].tax`]}
                    value={part.tax ?? ""}
                    onChange={(v) => change(i, { tax: v === "" ? undefined : Number(v) })}
                  />
                  {part.type === "PARKING_TIME" && (
                    <NumberInput
                      label={words.fields.grace}
                      min={0}
                      error={errors[`price_components[${i}].grace_period`]}
                      value={part.grace_period ?? ""}
                      onChange={(v) => change(i, { grace_period: v === "" ? undefined : Number(v) })}
                    />
                  )}
                </Group>
              </Stack>
            </Paper>
          ))}
          {free[0] && (
            <div>
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconPlus size={14} />}
                onClick={() => setParts([...parts, { type: free[0] ?? "FLAT", price: 0, tax: parts[0]?.tax }])}
              >
                {words.fields.add}
              </Button>
            </div>
          )}
          <Group grow align="flex-start">
            <NumberInput
              label={words.fields.minimum}
              min={0}
              error={errors.minimum_amount}
              value={minimum}
              onChange={setMinimum}
            />
            <NumberInput
              label={words.fields.maximum}
              min={0}
              error={errors.maximum_amount}
              value={maximum}
              onChange={setMaximum}
            />
          </Group>
        </>
      )}
    </FormModal>
  );
}
