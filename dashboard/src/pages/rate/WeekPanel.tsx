import { Button, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { api, result, type Schemas } from "../../api/client";
import { Panel } from "../../parts/Panel";
import { ErrorState } from "../../parts/states";
import { tell } from "../../parts/tell";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import { useFlatRates } from "../rates/flat";
import type { Rate } from "../rates/RateForm";
import { Blocks } from "./Blocks";
import { WeekGrid } from "./WeekGrid";
import { layoutOf, planOf } from "./week";

/** Which rate of a schedule holds when; whoever may, paints another one. */
export function WeekPanel({ rate }: { rate: Rate }) {
  const { rates: all } = useWords();
  const words = all.week;
  const { may } = useMe();
  const queries = useQueryClient();
  const flat = useFlatRates();
  const told = useMemo(
    () => planOf((rate.layout ?? []).map(({ target, rate: inner }) => ({ target, rate: inner._id }))),
    [rate.layout],
  );
  const [plan, setPlan] = useState(told);
  const mayPaint = may("write:rates");
  const saving = useMutation({
    mutationFn: () => {
      // The document leaves layout out of the change, the route takes it.
      const body = { layout: layoutOf(plan) } as Schemas["RateBodyPatch"];
      return result(api.PATCH("/rates/{id}", { params: { path: { id: rate._id } }, body }));
    },
    onSuccess: () => {
      tell(words.saved);
      void queries.invalidateQueries({ queryKey: ["rates"] });
    },
  });
  const known = new Map(flat.filter((r) => r.currency === rate.currency).map((r) => [r._id, r.name]));
  for (const { rate: inner } of rate.layout ?? []) known.set(inner._id, inner.name);
  if (rate.default_rate) known.set(rate.default_rate._id, rate.default_rate.name);
  const rates = [...known].map(([id, name]) => ({ id, name }));
  return (
    <Panel
      title={words.title}
      about={mayPaint ? words.about : words.readOnly}
      actions={
        mayPaint && (
          <Button
            size="xs"
            loading={saving.isPending}
            disabled={plan === told || JSON.stringify(layoutOf(plan)) === JSON.stringify(layoutOf(told))}
            onClick={() => saving.mutate()}
          >
            {words.save}
          </Button>
        )
      }
    >
      {saving.error && <ErrorState error={saving.error} />}
      <Stack gap="md">
        <WeekGrid
          week={plan.week}
          rates={rates}
          defaultRate={rate.default_rate?._id}
          onPaint={mayPaint ? (week) => setPlan((now) => ({ ...now, week })) : undefined}
        />
        <Blocks
          plan={plan}
          rates={rates.filter(({ id }) => id !== rate.default_rate?._id)}
          onChange={mayPaint ? setPlan : undefined}
        />
      </Stack>
    </Panel>
  );
}
