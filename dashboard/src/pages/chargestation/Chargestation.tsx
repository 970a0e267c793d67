import { Tabs } from "@mantine/core";
import { useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { api, result } from "../../api/client";
import { type Chargestation, useChargestation } from "../../api/resources";
import { Confirm } from "../../parts/Confirm";
import { EditRemove } from "../../parts/EditRemove";
import { PageHead } from "../../parts/PageHead";
import { StatusBadge } from "../../parts/StatusBadge";
import { Shown } from "../../parts/states";
import { tell } from "../../parts/tell";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import { linkStatus } from "../chargestations/columns";
import { CommandsTab } from "./CommandsTab";
import { ConfigurationTab } from "./ConfigurationTab";
import { ConnectionTab } from "./ConnectionTab";
import { EditStation } from "./EditStation";
import { MessagesTab } from "./MessagesTab";
import { OverviewTab } from "./OverviewTab";
import { SecurityTab } from "./SecurityTab";

const tabs = ["overview", "commands", "configuration", "messages", "connection", "security"] as const;
type Tab = (typeof tabs)[number];

export default function ChargestationPage() {
  const { id } = useParams();
  const station = useChargestation(id);
  return <Shown of={station}>{(found) => <Found station={found} />}</Shown>;
}

function Found({ station }: { station: Chargestation }) {
  const { chargestation: words, shell } = useWords();
  const { may } = useMe();
  const [params, setParams] = useSearchParams();
  const [open, setOpen] = useState<"edit" | "remove">();
  const mayWrite = may("write:chargestations");
  const offered = tabs.filter((tab) => mayWrite || tab !== "commands");
  const tab = offered.find((name) => name === params.get("tab")) ?? "overview";
  return (
    <>
      <PageHead
        title={station.name}
        up={{ to: "/chargestations", label: shell.pages.chargestations }}
        beside={<StatusBadge status={linkStatus(station)} size="md" />}
        about={<span className="mono">{station.endpoint}</span>}
        actions={
          mayWrite && (
            <EditRemove
              edit={words.edit}
              onEdit={() => setOpen("edit")}
              remove={words.remove}
              onRemove={() => setOpen("remove")}
            />
          )
        }
      />
      <Tabs
        value={tab}
        onChange={(next) => setParams(next === "overview" || !next ? {} : { tab: next }, { replace: true })}
        keepMounted={false}
      >
        <div className="scroll-x">
          <Tabs.List mb="md" style={{ flexWrap: "nowrap", minWidth: "max-content" }}>
            {offered.map((name) => (
              <Tabs.Tab key={name} value={name} ref={name === tab ? intoView : undefined}>
                {words.tabs[name]}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </div>
        <Tabs.Panel value={tab}>
          <Panel tab={tab} station={station} />
        </Tabs.Panel>
      </Tabs>
      <EditStation station={station} opened={open === "edit"} onClose={() => setOpen(undefined)} />
      <Remove station={station} opened={open === "remove"} onClose={() => setOpen(undefined)} />
    </>
  );
}

/** On a phone the tabs reach beyond the screen. */
function intoView(tab: HTMLElement | null) {
  tab?.scrollIntoView({ block: "nearest", inline: "center" });
}

function Panel({ tab, station }: { tab: Tab; station: Chargestation }) {
  if (tab === "commands") return <CommandsTab station={station} />;
  if (tab === "configuration") return <ConfigurationTab station={station} />;
  if (tab === "messages") return <MessagesTab station={station} />;
  if (tab === "connection") return <ConnectionTab station={station} />;
  if (tab === "security") return <SecurityTab station={station} />;
  return <OverviewTab station={station} />;
}

function Remove({ station, opened, onClose }: { station: Chargestation; opened: boolean; onClose: () => void }) {
  const { chargestation: words, chargestations } = useWords();
  const navigate = useNavigate();
  const remove = async () => {
    await result(api.DELETE("/chargestations/{id}", { params: { path: { id: station._id } } }));
    tell(words.removed);
    void navigate("/chargestations");
  };
  return (
    <Confirm
      title={words.removeTitle}
      opened={opened}
      onClose={onClose}
      typed={station.name}
      radius={[station.name, chargestations.bulk.connectors(String(station.connectors.length))]}
      act={words.remove}
      onAct={remove}
    >
      {words.removeAbout}
    </Confirm>
  );
}
