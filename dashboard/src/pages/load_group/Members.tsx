import { Anchor, Button, Table, Text } from "@mantine/core";
import { IconPlugConnected, IconPlus } from "@tabler/icons-react";
import { type UseQueryResult, useQueries, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { api, result } from "../../api/client";
import type { Chargestation } from "../../api/resources";
import { Confirm } from "../../parts/Confirm";
import { FormModal } from "../../parts/FormModal";
import { useFormat } from "../../parts/format";
import { Panel } from "../../parts/Panel";
import { Pick } from "../../parts/Pick";
import { Scrollable } from "../../parts/Scrollable";
import { StatusBadge } from "../../parts/StatusBadge";
import { stations } from "../../parts/sources";
import { EmptyState, Shown } from "../../parts/states";
import { tell } from "../../parts/tell";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import type { LoadGroup } from "../load_groups/LoadGroups";
import type { Load } from "./LoadGroup";
import { type Member, reasonOf } from "./reason";

interface Props {
  group: LoadGroup;
  load: UseQueryResult<Load>;
}

export function Members({ group, load }: Props) {
  const { loadGroups: words } = useWords();
  const { may } = useMe();
  const queries = useQueryClient();
  const [isAdding, setAdding] = useState(false);
  const [taken, setTaken] = useState<Member>();
  const nameOf = useNames(load.data?.connectors ?? []);
  const refresh = () => {
    void queries.invalidateQueries({ queryKey: ["load_groups"] });
    void queries.invalidateQueries({ queryKey: ["load", group._id] });
  };
  const take = async () => {
    const connectors = group.connectors.filter((id) => id !== taken?.connector);
    const path = { params: { path: { id: group._id } } };
    await result(api.PATCH("/load_management/groups/{id}", { ...path, body: { connectors } }));
    tell(words.taken);
    refresh();
  };
  return (
    <Panel
      title={words.members}
      about={words.membersAbout}
      isFlush
      actions={
        may("write:load_groups") && (
          <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
            {words.addStation}
          </Button>
        )
      }
    >
      <Shown of={load}>
        {({ connectors }) =>
          connectors.length === 0 ? (
            <EmptyState title={words.noMembers} icon={IconPlugConnected}>
              {words.noMembersAbout}
            </EmptyState>
          ) : (
            <Scrollable label={words.members}>
              <Rows members={connectors} nameOf={nameOf} onTake={may("write:load_groups") ? setTaken : undefined} />
            </Scrollable>
          )
        }
      </Shown>
      {isAdding && <AddStation group={group} onAdded={refresh} onClose={() => setAdding(false)} />}
      <Confirm
        opened={taken !== undefined}
        onClose={() => setTaken(undefined)}
        title={words.take}
        radius={taken ? [nameOf(taken), reasonOf(taken, words.why).sentence] : []}
        act={words.take}
        onAct={take}
      >
        {words.takeAbout}
      </Confirm>
    </Panel>
  );
}

interface RowsProps {
  members: Member[];
  nameOf: (member: Member) => string;
  onTake?: (member: Member) => void;
}

function Rows({ members, nameOf, onTake }: RowsProps) {
  const { loadGroups: words, common } = useWords();
  const format = useFormat();
  const power = (kw: number | null | undefined) => (kw === undefined || kw === null ? "–" : format.power(kw));
  return (
    <Table className="tabular">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.member.station}</Table.Th>
          <Table.Th>{words.member.state}</Table.Th>
          <Table.Th ta="right">{words.member.limit}</Table.Th>
          <Table.Th ta="right">{words.member.share}</Table.Th>
          <Table.Th ta="right">{words.member.power}</Table.Th>
          <Table.Th>{words.member.why}</Table.Th>
          <Table.Th>
            <span className="hidden-visually">{common.actions}</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {members.map((member) => {
          const { sentence, detail } = reasonOf(member, words.why);
          return (
            <Table.Tr key={member.connector}>
              <Table.Td miw={150}>
                <Anchor component={Link} to={`/chargestations/${member.chargestation}`} size="sm">
                  {nameOf(member)}
                </Anchor>
              </Table.Td>
              <Table.Td>
                <StatusBadge status={member.state} />
              </Table.Td>
              <Table.Td ta="right">{power(member.limit)}</Table.Td>
              <Table.Td ta="right">{power(member.share)}</Table.Td>
              <Table.Td ta="right">{power(member.power)}</Table.Td>
              <Table.Td>
                {sentence}{" "}
                {member.session && (
                  <Anchor component={Link} to={`/sessions/${member.session}`} size="sm">
                    {words.session}
                  </Anchor>
                )}
                {detail && (
                  <Text size="xs" c="dimmed" lang="en">
                    {detail}
                  </Text>
                )}
              </Table.Td>
              <Table.Td ta="right">
                {onTake && (
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    color="red"
                    aria-label={words.takeLabel(nameOf(member))}
                    onClick={() => onTake(member)}
                  >
                    {words.take}
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}

function AddStation({ group, onAdded, onClose }: { group: LoadGroup; onAdded: () => void; onClose: () => void }) {
  const { loadGroups: words } = useWords();
  const [station, setStation] = useState<string | null>(null);
  const add = async () => {
    const path = { params: { path: { id: group._id } } };
    await result(
      api.POST("/load_management/groups/{id}/chargestations", { ...path, body: { chargestations: [station ?? ""] } }),
    );
    tell(words.joined);
    onAdded();
  };
  return (
    <FormModal
      title={words.addStation}
      submit={words.addStation}
      onSubmit={add}
      onClose={onClose}
      isReady={station !== null}
    >
      {(errors) => (
        <>
          <Text size="sm" c="dimmed">
            {words.addStationAbout}
          </Text>
          <Pick
            label={words.member.station}
            source={stations}
            required
            error={errors["chargestations[0]"] ?? errors.chargestations}
            value={station}
            onChange={setStation}
          />
        </>
      )}
    </FormModal>
  );
}

/** A group's stations are few, so each is read by itself; what other pages read of them is used. */
function useNames(members: Member[]): (member: Member) => string {
  const { chargestation } = useWords();
  const read = useQueries({
    queries: [...new Set(members.map((member) => member.chargestation))].map((id) => ({
      queryKey: ["chargestations", "one", id],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        result(api.GET("/chargestations/{id}", { params: { path: { id } }, signal })),
    })),
  });
  const found = new Map<string, Chargestation>(read.flatMap(({ data }) => (data ? [[data._id, data]] : [])));
  return (member) => {
    const station = found.get(member.chargestation);
    const connector = station?.connectors.find((one) => one._id === member.connector);
    if (!station) return "…";
    return connector ? `${station.name}, ${chargestation.connector(String(connector.connectorId))}` : station.name;
  };
}
