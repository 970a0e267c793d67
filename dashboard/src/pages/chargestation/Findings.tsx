import { Anchor, Button, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import type { Schemas } from "../../api/client";
import type { Chargestation } from "../../api/resources";
import { ApiWords } from "../../parts/ApiWords";
import { Confirm } from "../../parts/Confirm";
import { useFormat } from "../../parts/format";
import { Secret } from "../../parts/Secret";
import { StatusBadge } from "../../parts/StatusBadge";
import { tell } from "../../parts/tell";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import { isBusy } from "../chargestations/BulkActions";
import { type Remedy, remedyOf } from "./remedies";

type Posture = Schemas["Posture"];
type Finding = Posture["findings"][number];

interface Told {
  title: string;
  remedy: string;
  act?: string;
  about?: string;
}

/** What is weak in a station's way in, and the way to mend it: by a button where there is one. */
export function Findings({ station, posture }: { station: Chargestation; posture: Posture }) {
  const { chargestation } = useWords();
  const { me } = useMe();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<{ finding: Finding; remedy: Remedy }>();
  const [password, setPassword] = useState<string>();
  const refresh = () => {
    void queries.invalidateQueries({ queryKey: ["chargestations", "posture", station._id] });
    void queries.invalidateQueries({ queryKey: ["chargestations", "one", station._id] });
    void queries.invalidateQueries({ queryKey: ["actions", "list", station._id] });
  };
  return (
    <Stack gap="lg">
      {password && <Secret title={chargestation.security.passwordMade} value={password} />}
      {posture.findings.map((finding) => (
        <Entry
          key={finding.code}
          finding={finding}
          remedy={remedyOf(finding.code, station, posture, me.organization._id)}
          onChoose={(remedy) => setChosen({ finding, remedy })}
        />
      ))}
      {chosen && (
        <Act
          station={station}
          finding={chosen.finding}
          remedy={chosen.remedy}
          onDone={(made) => {
            setPassword(made);
            refresh();
          }}
          onClose={() => setChosen(undefined)}
        />
      )}
    </Stack>
  );
}

interface EntryProps {
  finding: Finding;
  remedy: Remedy | undefined;
  onChoose: (remedy: Remedy) => void;
}

function Entry({ finding, remedy, onChoose }: EntryProps) {
  const { chargestation, security: words } = useWords();
  const { may } = useMe();
  const told = useTold(finding);
  return (
    <Stack gap={4} align="flex-start">
      <StatusBadge status={finding.severity} />
      <Text size="sm" fw={600}>
        {told.title}
      </Text>
      <Text size="sm">
        {chargestation.security.remedy}: {told.remedy}
      </Text>
      {told.title !== finding.finding && (
        <ApiWords>
          {finding.finding} {finding.remedy}
        </ApiWords>
      )}
      {finding.code === "many_refusals" && (
        <Anchor component={Link} to="?tab=connection" size="sm">
          {words.attempts}
        </Anchor>
      )}
      {remedy && told.act && may(remedy.scope) && (
        <Button size="xs" variant="default" mt={4} onClick={() => onChoose(remedy)}>
          {told.act}
        </Button>
      )}
    </Stack>
  );
}

/** What the API finds tomorrow, these words do not know: then its own are shown. */
function useTold({ code, finding, remedy }: Finding): Told {
  const { security } = useWords();
  return (security.findings as Record<string, Told>)[code] ?? { title: finding, remedy };
}

interface ActProps {
  station: Chargestation;
  finding: Finding;
  remedy: Remedy;
  onDone: (password: string | undefined) => void;
  onClose: () => void;
}

function Act({ station, finding, remedy, onDone, onClose }: ActProps) {
  const { security: words, chargestations } = useWords();
  const format = useFormat();
  const told = useTold(finding);
  const busy = station.connectors.filter(({ status }) => isBusy(status)).length;
  const run = async () => {
    onDone(await remedy.run());
    tell(remedy.isAsked ? words.asked : words.done);
  };
  return (
    <Confirm
      opened
      onClose={onClose}
      title={told.act ?? ""}
      radius={[
        remedy.isWhole ? words.wholeOrganization : station.name,
        ...(remedy.isWhole ? [] : [station.online ? words.connectedNow : words.notConnected]),
        ...(busy > 0 && !remedy.isWhole ? [chargestations.bulk.charging(format.number(busy))] : []),
      ]}
      act={told.act ?? ""}
      onAct={run}
    >
      {told.about}
    </Confirm>
  );
}
