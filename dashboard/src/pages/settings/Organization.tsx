import { Button, NumberInput, Select, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api, result, type Schemas } from "../../api/client";
import { Refusal } from "../../api/refusal";
import { Amount } from "../../parts/Amount";
import { useFormat } from "../../parts/format";
import { Panel } from "../../parts/Panel";
import { ErrorState, Shown } from "../../parts/states";
import { tell } from "../../parts/tell";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";

type Org = Schemas["Organization"];
type Change = Schemas["OrganizationBodyPatch"];
const lates = ["bill", "review", "waive"] as const;

export function Organization() {
  const { settings: words } = useWords();
  const { me } = useMe();
  const id = me.organization._id;
  const organization = useQuery({
    queryKey: ["organizations", "one", id],
    queryFn: ({ signal }) => result(api.GET("/organizations/{id}", { params: { path: { id } }, signal })),
  });
  return (
    <Panel title={words.organization}>
      <Shown of={organization}>{(found) => <Form key={found.updatedAt} organization={found} />}</Shown>
    </Panel>
  );
}

function Form({ organization }: { organization: Org }) {
  const { settings: words, common } = useWords();
  const { may } = useMe();
  const format = useFormat();
  const queries = useQueryClient();
  const mayWrite = may("write:organizations");
  const [change, setChange] = useState<Change>({});
  const now = { ...organization, ...change };
  const set = (part: Change) => setChange((before) => ({ ...before, ...part }));
  const saving = useMutation({
    mutationFn: () =>
      result(api.PATCH("/organizations/{id}", { params: { path: { id: organization._id } }, body: change })),
    onSuccess: (saved) => {
      tell(common.saved);
      queries.setQueryData(["organizations", "one", organization._id], saved);
    },
  });
  // While a currency is being typed, an amount has the usual two decimals.
  const currency = now.wallet_currency?.length === 3 ? now.wallet_currency : "EUR";
  const errors = saving.error instanceof Refusal ? saving.error.fields : {};
  const submit = (e: FormEvent) => {
    e.preventDefault();
    saving.mutate();
  };
  return (
    <form onSubmit={submit}>
      <fieldset disabled={!mayWrite} style={{ border: 0, padding: 0, margin: 0 }}>
        <Stack gap="sm">
          {!mayWrite && (
            <Text size="sm" c="dimmed">
              {common.notAllowed}
            </Text>
          )}
          <TextInput
            label={words.fields.name}
            required
            error={errors.name}
            value={now.name}
            onChange={(e) => set({ name: e.currentTarget.value })}
          />
          <Switch
            label={words.fields.reveal}
            checked={now.reveal_station_passwords}
            onChange={(e) => set({ reveal_station_passwords: e.currentTarget.checked })}
          />
          <Switch
            label={words.fields.raw}
            checked={now.raw_energy_reports}
            onChange={(e) => set({ raw_energy_reports: e.currentTarget.checked })}
          />
          <Select
            label={words.fields.late}
            disabled={!mayWrite}
            allowDeselect={false}
            error={errors.late_billing}
            value={now.late_billing ?? null}
            data={lates.map((late) => ({ value: late, label: words.lates[late] }))}
            onChange={(late) => set({ late_billing: lates.find((l) => l === late) })}
          />
          <NumberInput
            label={words.fields.lateDays}
            min={0}
            error={errors.late_after_days}
            value={now.late_after_days ?? ""}
            onChange={(v) => set({ late_after_days: Number(v) })}
          />
          <TextInput
            label={words.fields.currency}
            maxLength={3}
            error={errors.wallet_currency}
            value={now.wallet_currency ?? ""}
            onChange={(e) => set({ wallet_currency: e.currentTarget.value.toUpperCase() })}
          />
          <Amount
            label={words.fields.minimum}
            isOptional
            disabled={!mayWrite}
            currency={currency}
            error={errors.minimum_balance_to_start_session}
            value={format.fromMinor(now.minimum_balance_to_start_session ?? 0, currency)}
            onChange={(v) => set({ minimum_balance_to_start_session: format.inMinor(Number(v), currency) })}
          />
          {saving.error && <ErrorState error={saving.error} />}
          {mayWrite && (
            <div>
              <Button type="submit" loading={saving.isPending} disabled={Object.keys(change).length === 0}>
                {common.save}
              </Button>
            </div>
          )}
        </Stack>
      </fieldset>
    </form>
  );
}
