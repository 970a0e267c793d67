import { Paper, Progress, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { api, result, type Schemas } from "../../api/client";
import { useLocationNames } from "../../api/resources";
import { useReread } from "../../live/useReread";
import { Confirm } from "../../parts/Confirm";
import { EditRemove } from "../../parts/EditRemove";
import { Figures } from "../../parts/Figures";
import { useFormat } from "../../parts/format";
import { PageHead } from "../../parts/PageHead";
import { Shown } from "../../parts/states";
import { tell } from "../../parts/tell";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import { GroupForm } from "../load_groups/GroupForm";
import type { LoadGroup } from "../load_groups/LoadGroups";
import { Members } from "./Members";

export type Load = Schemas["Load"];

export default function LoadGroupPage() {
  const { id = "" } = useParams();
  const group = useQuery({
    queryKey: ["load_groups", "one", id],
    queryFn: ({ signal }) => result(api.GET("/load_management/groups/{id}", { params: { path: { id } }, signal })),
  });
  return <Shown of={group}>{(found) => <Found group={found} />}</Shown>;
}

function Found({ group }: { group: LoadGroup }) {
  const { loadGroups: words, shell, common } = useWords();
  const { may } = useMe();
  const format = useFormat();
  const navigate = useNavigate();
  const locationName = useLocationNames();
  const [open, setOpen] = useState<"edit" | "remove">();
  // No event tells of shares; they move when sessions and stations do.
  const load = useReread(
    ["load", group._id, group.updatedAt],
    (signal) => result(api.GET("/load_management/groups/{id}/load", { params: { path: { id: group._id } }, signal })),
    ({ object }) => object === "session" || object === "chargestation" || object === "load_group",
    // Nor does one tell that a station has confirmed what it may draw.
    ({ connectors }) => connectors.some((one) => one.state === "charging" && (one.limit ?? 0) !== (one.share ?? 0)),
  );
  const remove = async () => {
    await result(api.DELETE("/load_management/groups/{id}", { params: { path: { id: group._id } } }));
    tell(words.removed);
    void navigate("/load-groups");
  };
  return (
    <>
      <PageHead
        title={group.name}
        up={{ to: "/load-groups", label: shell.pages.load_groups }}
        about={[locationName(group.location), group.description].filter(Boolean).join(" · ")}
        actions={
          may("write:load_groups") && (
            <EditRemove
              edit={words.edit}
              onEdit={() => setOpen("edit")}
              remove={words.remove}
              onRemove={() => setOpen("remove")}
            />
          )
        }
      />
      <Supply group={group} load={load.data} />
      <div className="grid">
        <Members group={group} load={load} />
      </div>
      {open === "edit" && <GroupForm group={group} onClose={() => setOpen(undefined)} />}
      <Confirm
        opened={open === "remove"}
        onClose={() => setOpen(undefined)}
        title={words.remove}
        typed={group.name}
        radius={[
          group.name,
          `${words.figures.connectors}: ${format.number(group.connectors.length)}`,
          ...(load.data ? [`${words.figures.drawn}: ${format.power(load.data.drawn)}`] : []),
        ]}
        act={common.delete}
        onAct={remove}
      >
        {words.removeAbout}
      </Confirm>
    </>
  );
}

function Supply({ group, load }: { group: LoadGroup; load: Load | undefined }) {
  const { loadGroups: words } = useWords();
  const format = useFormat();
  const power = (kw: number | undefined) => (kw === undefined ? "…" : format.power(kw));
  const figures: [string, string][] = [
    [words.figures.capacity, power(group.maximum_capacity)],
    [words.figures.shared, power(load?.shared_capacity)],
    [words.figures.allowed, power(load?.allowed)],
    [words.figures.drawn, power(load?.drawn)],
    [words.figures.start, power(load?.start_limit)],
    [words.figures.minimum, power(group.minimum_connector_capacity)],
  ];
  const part = load && load.shared_capacity > 0 ? Math.min(100, (100 * load.drawn) / load.shared_capacity) : 0;
  const told = words.used(format.percent(Math.round(part)));
  return (
    <Paper mb="md" p="md">
      <Figures of={figures} />
      <Progress value={part} aria-label={told} mt="sm" size="sm" color={part > 95 ? "orange" : "teal"} />
      <Text size="xs" c="dimmed" mt={4}>
        {told}
      </Text>
    </Paper>
  );
}
