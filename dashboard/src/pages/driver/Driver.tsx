import { Anchor, Button, Group, Stack, Table, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { answer, api, result } from "../../api/client";
import { type User, userName } from "../../api/resources";
import { Confirm } from "../../parts/Confirm";
import { EditRemove } from "../../parts/EditRemove";
import { Facts } from "../../parts/Facts";
import { useFormat } from "../../parts/format";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { Scrollable } from "../../parts/Scrollable";
import { StatusBadge } from "../../parts/StatusBadge";
import { Shown } from "../../parts/states";
import { tell } from "../../parts/tell";
import { When } from "../../parts/When";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import { DriverForm } from "../drivers/DriverForm";
import { expanded, stationOf } from "../sessions/expanded";
import { Wallet } from "./Wallet";

export default function DriverPage() {
  const { id = "" } = useParams();
  const user = useQuery({
    queryKey: ["users", "one", id],
    queryFn: ({ signal }) => result(api.GET("/users/{id}", { params: { path: { id } }, signal })),
  });
  return <Shown of={user}>{(found) => <Found user={found} />}</Shown>;
}

function Found({ user }: { user: User }) {
  const { drivers: words, shell } = useWords();
  const { may } = useMe();
  const format = useFormat();
  const navigate = useNavigate();
  const [open, setOpen] = useState<"edit" | "remove">();
  const cards = useQuery({
    queryKey: ["tokens", "some", { user: user._id }],
    queryFn: ({ signal }) =>
      answer(api.GET("/tokens", { params: { query: { user: user._id, paginate_limit: 100 } }, signal })),
  });
  const remove = async () => {
    await result(api.DELETE("/users/{id}", { params: { path: { id: user._id } } }));
    tell(words.removed);
    void navigate("/drivers");
  };
  return (
    <>
      <PageHead
        title={userName(user)}
        up={{ to: "/drivers", label: shell.pages.drivers }}
        beside={<StatusBadge status={user.active ? "active" : "inactive"} size="md" />}
        actions={
          <Group gap="xs">
            <Button
              component="a"
              href={`/v1.1/users/${user._id}/export`}
              download={`${user._id}.json`}
              size="xs"
              variant="default"
              leftSection={<IconDownload size={15} />}
            >
              {words.export}
            </Button>
            {may("write:users") && (
              <EditRemove
                edit={words.edit}
                onEdit={() => setOpen("edit")}
                remove={words.remove}
                onRemove={() => setOpen("remove")}
              />
            )}
          </Group>
        }
      />
      <div className="grid">
        <Stack gap="md" data-span={8}>
          <NewestSessions user={user} />
          {may("read:wallets") && <Wallet user={user} />}
        </Stack>
        <Stack gap="md" data-span={4}>
          <Panel title={userName(user)}>
            <Facts
              of={[
                [words.columns.email, user.email],
                [words.columns.phone, user.phone?.mobile],
                [words.columns.since, format.date(user.createdAt)],
              ]}
            />
          </Panel>
          <Panel title={words.cards}>
            <Shown of={cards} lines={2}>
              {({ result: found }) =>
                found.length === 0 ? (
                  <Text size="sm" c="dimmed">
                    {words.noCards}.{" "}
                    <Anchor component={Link} to="/cards?tab=unknown" size="sm">
                      {words.noCardsAbout}
                    </Anchor>
                  </Text>
                ) : (
                  found.map((card) => (
                    <Group key={card._id} justify="space-between" py={4}>
                      <Text className="mono">{card.physicalId}</Text>
                      <StatusBadge status={card.active ? "active" : "inactive"} />
                    </Group>
                  ))
                )
              }
            </Shown>
          </Panel>
        </Stack>
      </div>
      {open === "edit" && <DriverForm user={user} onClose={() => setOpen(undefined)} />}
      <Confirm
        opened={open === "remove"}
        onClose={() => setOpen(undefined)}
        title={words.remove}
        typed={userName(user)}
        radius={[userName(user), ...(cards.data ? [words.removeRadius(format.number(cards.data.total))] : [])]}
        act={words.remove}
        onAct={remove}
      >
        {words.removeAbout}
      </Confirm>
    </>
  );
}

function NewestSessions({ user }: { user: User }) {
  const { drivers: words, sessions } = useWords();
  const format = useFormat();
  const newest = useQuery({
    queryKey: ["sessions", "some", { user: user._id }],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/sessions", {
          params: { query: { user: user._id, include_chargestation: true, paginate_limit: 15 } },
          signal,
        }),
      ),
  });
  return (
    <Panel
      title={words.sessions}
      isFlush
      actions={
        <Anchor component={Link} to={`/sessions?user=${user._id}`} size="sm">
          {words.allSessions}
        </Anchor>
      }
    >
      <Shown of={newest}>
        {({ result: found }) =>
          found.length === 0 ? (
            <Text size="sm" c="dimmed" px="md" pb="md">
              {words.noSessions}
            </Text>
          ) : (
            <Scrollable label={words.sessions}>
              <Table className="tabular">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{sessions.columns.station}</Table.Th>
                    <Table.Th>{sessions.columns.status}</Table.Th>
                    <Table.Th ta="right">{sessions.columns.began}</Table.Th>
                    <Table.Th ta="right">{sessions.columns.energy}</Table.Th>
                    <Table.Th ta="right">{sessions.columns.cost}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {found.map((session) => (
                    <Table.Tr key={session._id}>
                      <Table.Td>
                        <Anchor component={Link} to={`/sessions/${session._id}`} size="sm">
                          {stationOf(expanded(session)).name}
                        </Anchor>
                      </Table.Td>
                      <Table.Td>
                        <StatusBadge status={session.status} />
                      </Table.Td>
                      <Table.Td ta="right">
                        <When at={session.metrics.chargingStart ?? session.createdAt} zone={session.metrics.timezone} />
                      </Table.Td>
                      <Table.Td ta="right">{format.energy(session.metrics.energyConsumed)}</Table.Td>
                      <Table.Td ta="right">
                        {session.cost && format.money(session.cost.amount, session.cost.currency)}
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Scrollable>
          )
        }
      </Shown>
    </Panel>
  );
}
