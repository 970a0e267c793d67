import { Group, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { answer, api, result } from "../../api/client";
import { Confirm } from "../../parts/Confirm";
import { EditRemove } from "../../parts/EditRemove";
import { Facts } from "../../parts/Facts";
import { useFormat } from "../../parts/format";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { Scrollable } from "../../parts/Scrollable";
import { StatusBadge } from "../../parts/StatusBadge";
import { Shown } from "../../parts/states";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import { usePrice } from "../rates/price";
import { type Rate, RateForm } from "../rates/RateForm";
import { Preview } from "./Preview";
import { WeekPanel } from "./WeekPanel";

export default function RatePage() {
  const { id = "" } = useParams();
  const rate = useQuery({
    queryKey: ["rates", "one", id],
    queryFn: ({ signal }) => result(api.GET("/rates/{id}", { params: { path: { id } }, signal })),
  });
  return <Shown of={rate}>{(found) => <Found rate={found} />}</Shown>;
}

function Found({ rate }: { rate: Rate }) {
  const { rates: words, shell, common } = useWords();
  const { may } = useMe();
  const price = usePrice();
  const navigate = useNavigate();
  const [open, setOpen] = useState<"edit" | "remove">();
  const remove = async () => {
    await result(api.DELETE("/rates/{id}", { params: { path: { id: rate._id } } }));
    void navigate("/rates");
  };
  return (
    <>
      <PageHead
        title={rate.name}
        up={{ to: "/rates", label: shell.pages.rates }}
        beside={<StatusBadge status={rate.active ? "active" : "inactive"} size="md" />}
        about={price(rate)}
        actions={
          may("write:rates") && (
            <EditRemove
              edit={words.edit}
              onEdit={rate.layout ? undefined : () => setOpen("edit")}
              remove={words.remove}
              onRemove={() => setOpen("remove")}
            />
          )
        }
      />
      <div className="grid">
        <Stack gap="md" data-span={8}>
          {rate.layout ? <WeekPanel key={rate.updatedAt} rate={rate} /> : <Parts rate={rate} />}
          <Preview rate={rate} />
        </Stack>
        <Stack gap="md" data-span={4}>
          <Versions rate={rate} />
        </Stack>
      </div>
      {open === "edit" && <RateForm rate={rate} onClose={() => setOpen(undefined)} />}
      <Confirm
        opened={open === "remove"}
        onClose={() => setOpen(undefined)}
        title={words.remove}
        radius={[rate.name]}
        act={common.delete}
        onAct={remove}
      >
        {words.removeAbout}
      </Confirm>
    </>
  );
}

function Parts({ rate }: { rate: Rate }) {
  const { rates: words } = useWords();
  const format = useFormat();
  const types = words.types as Record<string, string>;
  return (
    <Panel title={words.parts} isFlush>
      <Scrollable label={words.parts}>
        <Table className="tabular">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.fields.type}</Table.Th>
              <Table.Th ta="right">{words.fields.price}</Table.Th>
              <Table.Th ta="right">{words.fields.tax}</Table.Th>
              <Table.Th ta="right">{words.fields.grace}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {(rate.price_components ?? []).map((part) => (
              <Table.Tr key={part.type}>
                <Table.Td>{types[part.type] ?? part.type}</Table.Td>
                <Table.Td ta="right">{format.exactMoney(part.price, rate.currency)}</Table.Td>
                <Table.Td ta="right">{part.tax !== undefined && `${format.number(part.tax, 2)} %`}</Table.Td>
                <Table.Td ta="right">{part.grace_period !== undefined && format.number(part.grace_period, 2)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scrollable>
      <div style={{ padding: "0 16px 8px" }}>
        <Facts
          of={[
            [
              words.fields.minimum,
              rate.minimum_amount !== undefined && format.money(rate.minimum_amount, rate.currency),
            ],
            [
              words.fields.maximum,
              rate.maximum_amount !== undefined && format.money(rate.maximum_amount, rate.currency),
            ],
          ]}
        />
      </div>
    </Panel>
  );
}

function Versions({ rate }: { rate: Rate }) {
  const { rates: words } = useWords();
  const format = useFormat();
  const versions = useQuery({
    queryKey: ["rates", "some", "versions", rate._id, rate.updatedAt],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/rates/{id}/versions", { params: { path: { id: rate._id }, query: { paginate_limit: 20 } }, signal }),
      ),
  });
  return (
    <Panel title={words.versions} about={words.versionAbout}>
      <Shown of={versions} lines={2}>
        {({ result: found }) =>
          found.map((version) => (
            <Group key={version.version} justify="space-between" py={4}>
              <Text size="sm">{words.version(format.number(version.version))}</Text>
              <Text size="sm" c="dimmed">
                {words.since(format.dateTime(version.createdAt))}
              </Text>
            </Group>
          ))
        }
      </Shown>
    </Panel>
  );
}
