import { Button, Stack } from "@mantine/core";
import { IconShieldCheck } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, result } from "../../api/client";
import type { Chargestation } from "../../api/resources";
import { Confirm } from "../../parts/Confirm";
import { Facts } from "../../parts/Facts";
import { useFormat } from "../../parts/format";
import { Panel } from "../../parts/Panel";
import { Secret } from "../../parts/Secret";
import { StatusBadge } from "../../parts/StatusBadge";
import { EmptyState, Shown } from "../../parts/states";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import { Certificates } from "./Certificates";
import { Findings } from "./Findings";

export function SecurityTab({ station }: { station: Chargestation }) {
  const { chargestation: words, chargestations } = useWords();
  const format = useFormat();
  const posture = useQuery({
    queryKey: ["chargestations", "posture", station._id],
    staleTime: 0,
    queryFn: ({ signal }) =>
      result(api.GET("/chargestations/{id}/security_posture", { params: { path: { id: station._id } }, signal })),
  });
  const event = station.security_event;
  return (
    <div className="grid">
      <Stack gap="md" data-span={8}>
        <Panel title={words.tabs.security}>
          <Shown of={posture}>
            {(found) =>
              found.findings.length === 0 ? (
                <EmptyState title={words.security.fine} icon={IconShieldCheck}>
                  {words.security.fineAbout}
                </EmptyState>
              ) : (
                <Findings station={station} posture={found} />
              )
            }
          </Shown>
        </Panel>
        <Certificates station={station} />
      </Stack>
      <Stack gap="md" data-span={4}>
        <Panel title={words.security.type}>
          <Facts
            of={[
              [
                words.security.type,
                (chargestations.form.securities as Record<string, string>)[station.security.type] ??
                  station.security.type,
              ],
              [words.security.profile, posture.data && String(posture.data.profile)],
              [
                words.security.connectedBy,
                posture.data?.connected_by !== undefined && String(posture.data.connected_by),
              ],
              [words.security.severity, posture.data && <StatusBadge status={posture.data.severity} />],
              [
                words.security.events,
                event && [event.kind, event.timestamp && format.dateTime(event.timestamp)].filter(Boolean).join(", "),
              ],
              [words.security.checked, posture.data && format.exact(posture.data.checkedAt)],
            ]}
          />
        </Panel>
        <Password station={station} />
      </Stack>
    </div>
  );
}

function Password({ station }: { station: Chargestation }) {
  const { chargestation: words } = useWords();
  const { may } = useMe();
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const [made, setMade] = useState<string>();
  if (!may("write:chargestations") || !["basic_auth", "tls_basic"].includes(station.security.type)) return null;
  const make = async () => {
    const path = { params: { path: { id: station._id } } };
    const changed = await result(api.PATCH("/chargestations/{id}/reset_password", { ...path, body: {} }));
    setMade(changed.security.password);
    void queries.invalidateQueries({ queryKey: ["chargestations", "posture", station._id] });
  };
  return (
    <Panel title={words.security.password}>
      <Stack gap="sm" align="flex-start">
        {made && <Secret title={words.security.passwordMade} value={made} />}
        <Button variant="default" size="xs" onClick={() => setAsking(true)}>
          {words.security.newPassword}
        </Button>
      </Stack>
      <Confirm
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={words.security.newPassword}
        radius={[station.name]}
        act={words.security.newPassword}
        onAct={make}
      >
        {words.security.newPasswordAbout}
      </Confirm>
    </Panel>
  );
}
