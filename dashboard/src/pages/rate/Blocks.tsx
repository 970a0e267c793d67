import { Button, Checkbox, Group, Select, Stack, Table, Text, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { FormModal } from "../../parts/FormModal";
import { useFormat } from "../../parts/format";
import { Scrollable } from "../../parts/Scrollable";
import { useWords } from "../../words";
import { useDayNames, weekOrder } from "./dayNames";
import { type Block, blocksOf, clock, dayMinutes, minutesOf, type Plan, withBlock, withoutBlock } from "./week";

interface Props {
  plan: Plan;
  rates: { id: string; name: string }[];
  onChange?: (plan: Plan) => void;
}

/** The week as a list: each block with its exact times, for what no grid of cells can paint. */
export function Blocks({ plan, rates, onChange }: Props) {
  const { rates: all, common } = useWords();
  const words = all.week.blocks;
  const format = useFormat();
  const dayNames = useDayNames();
  const [edited, setEdited] = useState<Block | "new">();
  const blocks = [...blocksOf(plan.week), ...plan.dated];
  const daysOf = (block: Block) =>
    block.days.length === 7
      ? words.everyDay
      : weekOrder.flatMap((day, i) => (block.days.includes(day) ? [dayNames[i]] : [])).join(", ");
  const datesOf = ({ start_date: from, end_date: to }: Block) =>
    from || to ? words.dates(from ? format.date(from) : "…", to ? format.date(to) : "…") : words.always;
  const timesOf = (block: Block) => `${clock(block.from)}–${clock(block.to)}`;
  return (
    <Stack gap="xs" align="flex-start">
      {blocks.length > 0 && (
        <Scrollable label={words.title}>
          <Table className="tabular" horizontalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.days}</Table.Th>
                <Table.Th>{words.times}</Table.Th>
                <Table.Th>{all.rate}</Table.Th>
                <Table.Th>{words.when}</Table.Th>
                <Table.Th>
                  <span className="hidden-visually">{common.actions}</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {blocks.map((block) => (
                <Table.Tr key={`${block.days} ${block.from} ${block.to} ${block.start_date} ${block.end_date}`}>
                  <Table.Td>{daysOf(block)}</Table.Td>
                  <Table.Td style={{ whiteSpace: "nowrap" }}>{timesOf(block)}</Table.Td>
                  <Table.Td>{rates.find(({ id }) => id === block.rate)?.name ?? block.rate}</Table.Td>
                  <Table.Td>{datesOf(block)}</Table.Td>
                  <Table.Td ta="right" style={{ whiteSpace: "nowrap" }}>
                    {onChange && (
                      <>
                        <Button
                          size="compact-xs"
                          variant="subtle"
                          aria-label={words.editLabel(daysOf(block), timesOf(block))}
                          onClick={() => setEdited(block)}
                        >
                          {common.edit}
                        </Button>
                        <Button
                          size="compact-xs"
                          variant="subtle"
                          color="red"
                          aria-label={words.dropLabel(daysOf(block), timesOf(block))}
                          onClick={() => onChange(withoutBlock(plan, block))}
                        >
                          {words.drop}
                        </Button>
                      </>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scrollable>
      )}
      {onChange && (
        <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={() => setEdited("new")}>
          {words.add}
        </Button>
      )}
      {edited && onChange && (
        <BlockForm
          block={edited === "new" ? undefined : edited}
          rates={rates}
          onSave={(block) => onChange(withBlock(plan, block, edited === "new" ? undefined : edited))}
          onClose={() => setEdited(undefined)}
        />
      )}
    </Stack>
  );
}

interface FormProps {
  block?: Block;
  rates: { id: string; name: string }[];
  onSave: (block: Block) => void;
  onClose: () => void;
}

function BlockForm({ block, rates, onSave, onClose }: FormProps) {
  const { rates: all, common } = useWords();
  const words = all.week.blocks;
  const dayNames = useDayNames();
  const [days, setDays] = useState((block?.days ?? [1, 2, 3, 4, 5]).map(String));
  const [from, setFrom] = useState(clock(block?.from ?? 22 * 60));
  const [to, setTo] = useState(clock((block?.to ?? 6 * 60) % dayMinutes));
  const [rate, setRate] = useState<string | null>(block?.rate ?? rates[0]?.id ?? null);
  const [first, setFirst] = useState(block?.start_date ?? "");
  const [last, setLast] = useState(block?.end_date ?? "");
  const isReady = days.length > 0 && from !== "" && to !== "" && rate !== null;
  const save = async () =>
    onSave({
      days: days.map(Number).sort(),
      from: minutesOf(from),
      // Midnight ends the day that it is the end of.
      to: minutesOf(to) || dayMinutes,
      rate: rate ?? "",
      ...(first ? { start_date: first } : {}),
      ...(last ? { end_date: last } : {}),
    });
  return (
    <FormModal
      title={block ? words.edit : words.add}
      submit={words.take}
      onSubmit={save}
      onClose={onClose}
      isReady={isReady}
    >
      {() => (
        <>
          <Checkbox.Group label={words.days} value={days} onChange={setDays}>
            <Group gap="sm" mt={4}>
              {weekOrder.map((day, i) => (
                <Checkbox key={day} value={String(day)} label={dayNames[i]} />
              ))}
            </Group>
          </Checkbox.Group>
          <Group grow align="flex-start">
            <TextInput
              type="time"
              label={common.from}
              required
              value={from}
              onChange={(e) => setFrom(e.currentTarget.value)}
            />
            <TextInput
              type="time"
              label={common.to}
              required
              value={to}
              onChange={(e) => setTo(e.currentTarget.value)}
            />
          </Group>
          <Text size="xs" c="dimmed">
            {words.overnight}
          </Text>
          <Select
            label={all.rate}
            allowDeselect={false}
            searchable
            value={rate}
            data={rates.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setRate}
          />
          <Group grow align="flex-start">
            <TextInput
              type="date"
              label={`${words.first} (${common.optional})`}
              value={first}
              onChange={(e) => setFirst(e.currentTarget.value)}
            />
            <TextInput
              type="date"
              label={`${words.last} (${common.optional})`}
              value={last}
              onChange={(e) => setLast(e.currentTarget.value)}
            />
          </Group>
        </>
      )}
    </FormModal>
  );
}
