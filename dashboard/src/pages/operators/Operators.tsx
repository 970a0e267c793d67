import { Button, Group, Menu, Modal, Stack, Text } from "@mantine/core";
import { IconDots, IconPlus, IconUserShield } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, result, type Schemas } from "../../api/client";
import { useRows } from "../../api/pages";
import { Confirm } from "../../parts/Confirm";
import { useFormat } from "../../parts/format";
import { ListPage } from "../../parts/ListPage";
import { Secret } from "../../parts/Secret";
import { StatusBadge } from "../../parts/StatusBadge";
import { sentenceOf } from "../../parts/states";
import { tell } from "../../parts/tell";
import { type Sort, useSort } from "../../parts/useSort";
import type { Column } from "../../parts/VirtualTable";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import { OperatorForm } from "./OperatorForm";

export type Operator = Schemas["Admin"];

const sortNames = ["email", "lastLoginAt", "createdAt"] as const;
const newest: Sort<(typeof sortNames)[number]> = { by: "createdAt", order: "desc" };

export default function Operators() {
  const all = useWords();
  const { operators: words, shell, common } = all;
  const format = useFormat();
  const { me } = useMe();
  const queries = useQueryClient();
  const [edited, setEdited] = useState<Operator | "new">();
  const [removed, setRemoved] = useState<Operator>();
  const [invited, setInvited] = useState<Operator>();
  const { sorting, sorted, key: order } = useSort(sortNames, newest);
  const rows = useRows("admins", { order }, (page, limit, signal) =>
    answer(
      api.GET("/admins", { params: { query: { ...sorted, paginate_page: page, paginate_limit: limit } }, signal }),
    ),
  );
  const refresh = () => void queries.invalidateQueries({ queryKey: ["admins"] });
  const path = (operator: Operator) => ({ params: { path: { id: operator._id } } });
  const attempt = async (deed: () => Promise<unknown>) => {
    try {
      await deed();
      refresh();
    } catch (e) {
      tell(sentenceOf(e, all), "red");
    }
  };
  const columns: Column<Operator>[] = [
    {
      key: "email",
      sort: "email",
      title: words.columns.email,
      width: "minmax(0, 1.4fr)",
      cell: (operator) => (
        <>
          <strong>{operator.email}</strong>
          {operator._id === me.admin?._id && ` (${words.you})`}
        </>
      ),
    },
    {
      key: "name",
      title: words.columns.name,
      width: "minmax(0, 1fr)",
      from: "tablet",
      cell: (operator) => operator.name ?? "",
    },
    { key: "role", title: words.columns.role, width: "90px", phoneWidth: "62px", cell: (operator) => operator.role },
    {
      key: "status",
      title: words.columns.status,
      width: "100px",
      phoneWidth: "70px",
      cell: (operator) => <StatusBadge status={statusOf(operator)} />,
    },
    {
      key: "last",
      sort: "lastLoginAt",
      title: words.columns.last,
      width: "150px",
      from: "tablet",
      cell: (operator) => (operator.lastLoginAt ? format.when(operator.lastLoginAt) : common.never),
    },
    {
      key: "deeds",
      title: common.actions,
      hidesTitle: true,
      width: "48px",
      phoneWidth: "36px",
      cell: (operator) => (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button size="compact-sm" variant="subtle" color="gray" aria-label={`${words.change}: ${operator.email}`}>
              <IconDots size={16} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setEdited(operator)}>{words.change}</Menu.Item>
            <Menu.Item
              onClick={() =>
                void attempt(async () => setInvited(await result(api.POST("/admins/{id}/invite", path(operator)))))
              }
            >
              {words.again}
            </Menu.Item>
            <Menu.Item
              onClick={() =>
                void attempt(() =>
                  result(api.PATCH("/admins/{id}", { ...path(operator), body: { active: !operator.active } })),
                )
              }
            >
              {operator.active ? words.deactivate : words.activate}
            </Menu.Item>
            <Menu.Item color="red" onClick={() => setRemoved(operator)}>
              {words.remove}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ),
    },
  ];
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited("new")}>
      {words.add}
    </Button>
  );
  const remove = async () => {
    if (removed) await result(api.DELETE("/admins/{id}", path(removed)));
    refresh();
  };
  return (
    <>
      <ListPage
        title={shell.pages.operators}
        actions={add}
        rows={rows}
        columns={columns}
        sorting={sorting}
        empty={{ title: words.empty, about: words.emptyAbout, icon: IconUserShield, action: add }}
      />
      {edited && (
        <OperatorForm
          operator={edited === "new" ? undefined : edited}
          onClose={() => setEdited(undefined)}
          onInvited={setInvited}
        />
      )}
      {invited?.invitation && <Invited operator={invited} onClose={() => setInvited(undefined)} />}
      <Confirm
        opened={removed !== undefined}
        onClose={() => setRemoved(undefined)}
        title={words.remove}
        radius={removed ? [removed.email] : []}
        act={words.remove}
        onAct={remove}
      >
        {words.removeAbout}
      </Confirm>
    </>
  );
}

function Invited({ operator, onClose }: { operator: Operator; onClose: () => void }) {
  const { operators: words, common } = useWords();
  const format = useFormat();
  return (
    <Modal opened onClose={onClose} title={words.invited} size="lg" closeButtonProps={{ "aria-label": common.close }}>
      {operator.invitation && (
        <Stack>
          <Text size="sm">{words.invitedAbout(format.dateTime(operator.invitation.expiresAt))}</Text>
          <Secret title={words.link} value={operator.invitation.link} />
          <Group justify="flex-end">
            <Button onClick={onClose}>{common.close}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

function statusOf(operator: Operator): string {
  if (!operator.active) return "inactive";
  return operator.invited ? "invited" : "active";
}
