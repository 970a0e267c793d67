import { Alert, Button, Paper, Stack } from "@mantine/core";
import { IconAlertTriangle, IconPlayerStop } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "react-router";
import { api, result } from "../../api/client";
import { Figures } from "../../parts/Figures";
import { useFormat } from "../../parts/format";
import { PageHead } from "../../parts/PageHead";
import { StatusBadge } from "../../parts/StatusBadge";
import { Shown } from "../../parts/states";
import { useFailureText } from "../../parts/useFailureText";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import { driverOf, type ExpandedSession, expanded, pluggedIn, stationOf } from "../sessions/expanded";
import { StopSession } from "../sessions/StopSession";
import { About } from "./About";
import { Activity } from "./Activity";
import { Breakdown } from "./Breakdown";
import { CoursePanel } from "./CoursePanel";
import { Timeline } from "./Timeline";

export default function SessionPage() {
  const { id = "" } = useParams();
  const session = useQuery({
    queryKey: ["sessions", "one", id],
    queryFn: async ({ signal }) =>
      expanded(
        await result(
          api.GET("/sessions/{id}", {
            params: { path: { id }, query: { include_user: true, include_chargestation: true } },
            signal,
          }),
        ),
      ),
  });
  return <Shown of={session}>{(found) => <Found session={found} />}</Shown>;
}

function Found({ session }: { session: ExpandedSession }) {
  const { session: words, sessions, shell } = useWords();
  const { may } = useMe();
  const failureText = useFailureText();
  const [isStopping, setStopping] = useState(false);
  const isOpen = session.status === "Started" || session.status === "created";
  return (
    <>
      <PageHead
        title={words.title(driverOf(session) ?? sessions.unknownDriver)}
        up={{ to: "/sessions", label: shell.pages.sessions }}
        beside={<StatusBadge status={session.status} size="md" />}
        about={stationOf(session).name}
        actions={
          isOpen &&
          may("write:sessions") && (
            <Button
              color="red"
              variant="light"
              leftSection={<IconPlayerStop size={16} />}
              onClick={() => setStopping(true)}
            >
              {session.status === "created" ? words.withdraw : words.stop}
            </Button>
          )
        }
      />
      {session.failure && (
        <Alert color="orange" icon={<IconAlertTriangle size={18} />} title={words.facts.failure} mb="md">
          {failureText(session.failure)}
        </Alert>
      )}
      <Sums session={session} />
      <div className="grid">
        <Stack gap="md" data-span={8}>
          <CoursePanel session={session} />
          <Activity session={session} />
          <Breakdown session={session} />
        </Stack>
        <Stack gap="md" data-span={4}>
          <About session={session} />
          <Timeline session={session} />
        </Stack>
      </div>
      <StopSession opened={isStopping} onClose={() => setStopping(false)} session={session} />
    </>
  );
}

function Sums({ session }: { session: ExpandedSession }) {
  const { session: words } = useWords();
  const format = useFormat();
  const { power, state_of_charge: soc } = session.energy_report ?? {};
  const plugged = pluggedIn(session);
  const figures: [string, string | undefined][] = [
    [words.figures.energy, format.energy(session.metrics.energyConsumed)],
    [words.figures.power, session.status === "Started" && power ? format.power(power.value) : undefined],
    [words.figures.soc, soc && format.percent(soc.value)],
    [words.figures.cost, session.cost && format.money(session.cost.amount, session.cost.currency)],
    [words.figures.duration, plugged === undefined ? undefined : format.duration(plugged)],
    [words.figures.drawing, format.duration(session.metrics.energyPeriod)],
  ];
  return (
    <Paper mb="md" p="md">
      <Figures of={figures} />
    </Paper>
  );
}
