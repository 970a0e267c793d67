import { Button, Group, NumberInput, Table, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api, result } from "../../api/client";
import { LineCells, lineKey } from "../../parts/BillLine";
import { useFormat } from "../../parts/format";
import { localMinute } from "../../parts/localMinute";
import { Panel } from "../../parts/Panel";
import { ErrorState } from "../../parts/states";
import { useWords } from "../../words";
import type { Rate } from "../rates/RateForm";

const hourMs = 3_600_000;

/** Reckoned by the server, by the function that makes the bills. */
export function Preview({ rate }: { rate: Rate }) {
  const { rates: all } = useWords();
  const words = all.preview;
  const format = useFormat();
  const [start, setStart] = useState(() => localMinute(Date.now()));
  const [hours, setHours] = useState<string | number>(2);
  const [drawing, setDrawing] = useState<string | number>(1);
  const [energy, setEnergy] = useState<string | number>(20);
  const reckoning = useMutation({
    mutationFn: () => {
      const from = new Date(start).getTime();
      const [full, part] = [Number(hours), Math.min(Number(drawing), Number(hours))];
      const time = (ms: number) => new Date(ms).toISOString();
      const periods = [
        {
          start_time: time(from),
          end_time: time(from + part * hourMs),
          energy: Number(energy),
          status: "Charging" as const,
        },
        {
          start_time: time(from + part * hourMs),
          end_time: time(from + full * hourMs),
          energy: 0,
          status: "SuspendedEV" as const,
        },
      ].filter((period) => period.start_time !== period.end_time);
      const body = { periods, timezone: Intl.DateTimeFormat().resolvedOptions().timeZone };
      return result(api.POST("/rates/{id}/preview", { params: { path: { id: rate._id } }, body }));
    },
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    reckoning.mutate();
  };
  const cost = reckoning.data;
  return (
    <Panel title={words.title}>
      <form onSubmit={submit}>
        <Group align="flex-end" gap="sm">
          <TextInput
            type="datetime-local"
            label={words.start}
            value={start}
            onChange={(e) => setStart(e.currentTarget.value)}
          />
          <NumberInput label={words.hours} w={150} min={0.1} value={hours} onChange={setHours} />
          <NumberInput label={words.drawing} w={170} min={0} value={drawing} onChange={setDrawing} />
          <NumberInput label={words.energy} w={130} min={0} value={energy} onChange={setEnergy} />
          <Button type="submit" loading={reckoning.isPending}>
            {words.submit}
          </Button>
        </Group>
      </form>
      {reckoning.error && <ErrorState error={reckoning.error} />}
      {cost && (
        <div className="scroll-x" aria-live="polite">
          <Text mt="md" fw={600}>
            {words.amount} {format.money(cost.amount, cost.currency)}
          </Text>
          <Table className="tabular">
            <Table.Tbody>
              {cost.breakdown.map((line) => (
                <Table.Tr key={lineKey(line)}>
                  <LineCells line={line} currency={cost.currency} format={format} />
                  <Table.Td ta="right">{format.exactMoney(line.totalCost, cost.currency)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </Panel>
  );
}
