import { Button, Group, Stack, Text } from "@mantine/core";
import { IconCertificate } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, result, type Schemas } from "../../api/client";
import type { Chargestation } from "../../api/resources";
import { Confirm } from "../../parts/Confirm";
import { Facts } from "../../parts/Facts";
import { useFormat } from "../../parts/format";
import { Panel } from "../../parts/Panel";
import { StatusBadge } from "../../parts/StatusBadge";
import { EmptyState, Shown } from "../../parts/states";
import { tell } from "../../parts/tell";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";

type Certificate = Schemas["StationCertificate"];

function statusOf({ revokedAt, validUntil }: Certificate, now = Date.now()): string {
  if (revokedAt) return "revoked";
  return new Date(validUntil).getTime() < now ? "expired" : "active";
}

const isNeeded = ({ security }: Chargestation) => security.type === "mtls";

export function Certificates({ station }: { station: Chargestation }) {
  const { security } = useWords();
  const words = security.certificates;
  const queries = useQueryClient();
  const [revoked, setRevoked] = useState<Certificate>();
  const key = ["client_certificates", "list", station._id, station.lastConnectAt];
  const certificates = useQuery({
    queryKey: key,
    staleTime: 0,
    queryFn: ({ signal }) =>
      answer(
        api.GET("/client_certificates", {
          params: { query: { chargestation: station._id, paginate_limit: 100 } },
          signal,
        }),
      ),
  });
  const usable = certificates.data?.result.filter((one) => statusOf(one) === "active") ?? [];
  const revoke = async () => {
    await result(api.POST("/client_certificates/{id}/revoke", { params: { path: { id: revoked?._id ?? "" } } }));
    tell(words.revoked);
    void queries.invalidateQueries({ queryKey: ["client_certificates"] });
    void queries.invalidateQueries({ queryKey: ["chargestations", "posture", station._id] });
  };
  return (
    <Panel title={words.title} about={words.about}>
      <Shown of={certificates} lines={2}>
        {({ result: found }) =>
          found.length === 0 ? (
            <EmptyState title={words.none} icon={IconCertificate}>
              {words.noneAbout}
            </EmptyState>
          ) : (
            <Stack gap="md">
              {found.map((certificate) => (
                <Entry key={certificate._id} certificate={certificate} onRevoke={() => setRevoked(certificate)} />
              ))}
            </Stack>
          )
        }
      </Shown>
      <Confirm
        title={words.revokeTitle}
        opened={revoked !== undefined}
        onClose={() => setRevoked(undefined)}
        radius={[
          station.name,
          station.online ? security.connectedNow : security.notConnected,
          ...(isNeeded(station) && !usable.some((one) => one._id !== revoked?._id) ? [words.stays] : []),
        ]}
        act={words.revoke}
        onAct={revoke}
      >
        {words.revokeAbout}
      </Confirm>
    </Panel>
  );
}

function Entry({ certificate, onRevoke }: { certificate: Certificate; onRevoke: () => void }) {
  const { security } = useWords();
  const words = security.certificates;
  const format = useFormat();
  const { may } = useMe();
  return (
    <Stack gap={4}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Group gap="xs" style={{ minWidth: 0 }}>
          <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
            {certificate.subject}
          </Text>
          <StatusBadge status={statusOf(certificate)} />
        </Group>
        {!certificate.revokedAt && may("write:chargestations") && (
          <Button
            size="xs"
            variant="default"
            flex="none"
            aria-label={words.revokeLabel(certificate.subject)}
            onClick={onRevoke}
          >
            {words.revoke}
          </Button>
        )}
      </Group>
      <Facts
        of={[
          [words.issuer, certificate.issuer],
          [words.valid, words.until(format.date(certificate.validFrom), format.date(certificate.validUntil))],
          [words.origin, (words.origins as Record<string, string>)[certificate.origin] ?? certificate.origin],
          [
            words.fingerprint,
            <span key="print" className="mono" style={{ overflowWrap: "anywhere" }}>
              {certificate.fingerprint}
            </span>,
          ],
        ]}
      />
      {certificate.revokedAt && (
        <Text size="xs" c="dimmed">
          {words.revokedAt(format.dateTime(certificate.revokedAt))}
        </Text>
      )}
    </Stack>
  );
}
