import { Alert, Button, NavLink, Select, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Refusal } from "../../api/refusal";
import type { Chargestation } from "../../api/resources";
import { Confirm } from "../../parts/Confirm";
import { Panel } from "../../parts/Panel";
import { ErrorState } from "../../parts/states";
import { useWords } from "../../words";
import { ActionList } from "./ActionList";
import { CommandFields } from "./CommandFields";
import { type Command, commands, type Values } from "./commands";

export function CommandsTab({ station }: { station: Chargestation }) {
  const { chargestation: words } = useWords();
  const offered = commands.filter((command) => !command.fits || command.fits(station));
  const [chosen, setChosen] = useState<Command>(offered[0] as Command);
  return (
    <div className="grid">
      <Select
        className="narrow-only"
        label={words.tabs.commands}
        allowDeselect={false}
        value={chosen.name}
        data={offered.map((command) => ({ value: command.name, label: words.commands.names[command.name] }))}
        onChange={(name) => setChosen((now) => offered.find((command) => command.name === name) ?? now)}
      />
      <div className="wide-only" data-span={3}>
        <Panel title={words.tabs.commands} isFlush>
          <Stack gap={0} pb={8}>
            {offered.map((command) => (
              <NavLink
                key={command.name}
                component="button"
                type="button"
                active={command === chosen}
                aria-pressed={command === chosen}
                label={words.commands.names[command.name]}
                onClick={() => setChosen(command)}
              />
            ))}
          </Stack>
        </Panel>
      </div>
      <Stack gap="md" data-span={4}>
        <CommandForm key={chosen.name} command={chosen} station={station} />
      </Stack>
      <div data-span={5}>
        <ActionList station={station} />
      </div>
    </div>
  );
}

function CommandForm({ command, station }: { command: Command; station: Chargestation }) {
  const { chargestation: words } = useWords();
  const queries = useQueryClient();
  const [values, setValues] = useState<Values>(() => firstValues(command));
  const [isAsking, setAsking] = useState(false);
  const sending = useMutation({
    mutationFn: () => command.send(station._id, given(values)),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ["actions", "list", station._id] }),
  });
  const fields = sending.error instanceof Refusal ? sending.error.fields : {};
  const name = words.commands.names[command.name];
  const busy = station.connectors.filter(
    (c) => c.status && !["Available", "Unavailable", "Faulted"].includes(c.status),
  ).length;
  const submit = (e: FormEvent) => {
    e.preventDefault();
    if (command.isDangerous) setAsking(true);
    else sending.mutate();
  };
  return (
    <Panel title={name} about={words.commands.hints[command.name]}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <CommandFields command={command} station={station} values={values} errors={fields} onChange={setValues} />
          {!station.online && <Alert color="gray">{words.commands.offline}</Alert>}
          {sending.error && Object.keys(fields).length === 0 && <ErrorState error={sending.error} />}
          <Text size="xs" c="dimmed">
            {words.commands.about}
          </Text>
          <div>
            <Button type="submit" loading={sending.isPending} disabled={!station.online}>
              {words.commands.send}
            </Button>
          </div>
        </Stack>
      </form>
      <Confirm
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={words.commands.danger(name)}
        radius={[station.name, ...(busy > 0 ? [words.commands.busy(String(busy))] : [])]}
        act={words.commands.send}
        onAct={() => sending.mutateAsync()}
      >
        {words.commands.dangerAbout}
      </Confirm>
    </Panel>
  );
}

function firstValues(command: Command): Values {
  return Object.fromEntries(command.fields.filter((f) => f.kind === "choice").map((f) => [f.name, f.options?.[0]]));
}

function given(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
}
