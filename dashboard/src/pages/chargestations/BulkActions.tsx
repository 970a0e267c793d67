import { Alert, Button, Group, Paper, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, result } from "../../api/client";
import type { Rows } from "../../api/pages";
import type { Chargestation } from "../../api/resources";
import { useLiveEvents } from "../../live/Live";
import { Confirm } from "../../parts/Confirm";
import { useFormat } from "../../parts/format";
import { sentenceOf } from "../../parts/states";
import { useWords } from "../../words";

type Deed = "reset" | "disable" | "enable" | "archive" | "unarchive";
const deeds: Deed[] = ["reset", "disable", "enable", "archive", "unarchive"];

/** Few at a time: the server bounds the orders of one caller. */
const together = 4;

interface Props {
  chosen: ReadonlySet<string>;
  rows: Rows<Chargestation>;
  onNone: () => void;
}

export function BulkActions({ chosen, rows, onNone }: Props) {
  const all = useWords();
  const { chargestations: words } = all;
  const format = useFormat();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Deed>();
  const [outcome, setOutcome] = useState<Outcome>();
  const answers = useAnswers();
  const stations = known(rows, chosen);
  const charging = stations.flatMap((s) => s.connectors).filter((c) => isBusy(c.status)).length;
  const offline = stations.filter((s) => !s.online).length;
  const count = (n: number) => format.number(n);
  const isOrder = asked === "reset" || asked === "disable" || asked === "enable";
  const radius = [
    words.bulk.stations(count(chosen.size)),
    words.bulk.connectors(count(stations.reduce((sum, s) => sum + s.connectors.length, 0))),
    ...(charging > 0 ? [words.bulk.charging(count(charging))] : []),
    ...(isOrder && offline > 0 ? [words.bulk.offline(count(offline))] : []),
  ];
  const run = async (deed: Deed) => {
    const failures: string[] = [];
    const actions: string[] = [];
    const waiting = [...chosen];
    const work = async () => {
      for (let id = waiting.shift(); id; id = waiting.shift())
        try {
          const action = await order(deed, id);
          if (action) actions.push(action);
        } catch (e) {
          failures.push(`${stations.find((s) => s._id === id)?.name ?? id}: ${sentenceOf(e, all)}`);
        }
    };
    await Promise.all(Array.from({ length: together }, work));
    setOutcome({ ok: chosen.size - failures.length, failures, actions });
    void queries.invalidateQueries({ queryKey: ["chargestations"] });
  };
  return (
    <Paper p="xs" mb="sm">
      <Group gap="xs">
        <Text size="sm" fw={600} px={6} aria-live="polite">
          {words.chosen(count(chosen.size))}
        </Text>
        {deeds.map((deed) => (
          <Button key={deed} size="compact-sm" variant="default" onClick={() => setAsked(deed)}>
            {words.bulk[deed]}
          </Button>
        ))}
        <Button size="compact-sm" variant="subtle" color="gray" onClick={onNone}>
          {words.bulk.clear}
        </Button>
      </Group>
      {outcome && <Told outcome={outcome} answers={answers} />}
      <Confirm
        opened={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={asked ? words.bulk[asked] : ""}
        radius={radius}
        act={asked ? words.bulk[asked] : ""}
        onAct={() => (asked ? run(asked) : Promise.resolve())}
      >
        {asked && words.bulk.about[asked]}
      </Confirm>
    </Paper>
  );
}

interface Outcome {
  ok: number;
  failures: string[];
  /** Orders of which the stations have yet to say what they make of them. */
  actions: string[];
}

function Told({ outcome, answers }: { outcome: Outcome; answers: ReadonlyMap<string, boolean> }) {
  const { chargestations: words } = useWords();
  const format = useFormat();
  const told = outcome.actions.filter((id) => answers.has(id));
  const accepted = told.filter((id) => answers.get(id)).length;
  const isWell = outcome.failures.length === 0 && accepted === told.length;
  const n = (count: number) => format.number(count);
  return (
    <Alert
      mt="xs"
      color={isWell ? "teal" : "orange"}
      title={words.bulk.done(n(outcome.ok), n(outcome.ok + outcome.failures.length))}
      role="status"
    >
      {outcome.actions.length > 0 && (
        <Text size="sm">
          {words.bulk.answers(n(accepted), n(told.length - accepted), n(outcome.actions.length - told.length))}
        </Text>
      )}
      {outcome.failures.slice(0, 8).map((line) => (
        <Text key={line} size="sm">
          {line}
        </Text>
      ))}
    </Alert>
  );
}

/** What stations answered to orders while this was on the screen: an answer may come before the order's own id does. */
function useAnswers(): ReadonlyMap<string, boolean> {
  const [answers, setAnswers] = useState<ReadonlyMap<string, boolean>>(new Map());
  useLiveEvents(({ object, type, data }) => {
    const isAccepted = type.endsWith(".accepted");
    if (object === "action" && (isAccepted || type.endsWith(".rejected")))
      setAnswers((now) => new Map(now).set(String(data._id), isAccepted));
  });
  return answers;
}

/** The action of an order; nothing of what is done at once. */
async function order(deed: Deed, id: string): Promise<string | undefined> {
  const path = { params: { path: { id } } };
  if (deed === "archive" || deed === "unarchive") {
    await result(api.PATCH("/chargestations/{id}", { ...path, body: { active: deed === "unarchive" } }));
    return undefined;
  }
  const action =
    deed === "reset"
      ? await result(api.POST("/chargestations/{id}/reset", { ...path, body: { type: "Soft" } }))
      : await result(
          api.POST("/chargestations/{id}/change_availability", { ...path, body: { available: deed === "enable" } }),
        );
  return action._id;
}

export const isBusy = (status: string | undefined) =>
  status !== undefined && !["Available", "Unavailable", "Faulted", "Reserved"].includes(status);

function known(rows: Rows<Chargestation>, chosen: ReadonlySet<string>): Chargestation[] {
  const found: Chargestation[] = [];
  for (let i = 0; i < (rows.total ?? 0) && found.length < chosen.size; i++) {
    const row = rows.row(i);
    if (row && chosen.has(row._id)) found.push(row);
  }
  return found;
}
