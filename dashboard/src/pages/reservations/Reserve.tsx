import { Select, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, result } from "../../api/client";
import type { Chargestation } from "../../api/resources";
import { FormModal } from "../../parts/FormModal";
import { FormSegments } from "../../parts/FormSegments";
import { localMinute } from "../../parts/localMinute";
import { Pick } from "../../parts/Pick";
import { cards, drivers, onlineStations } from "../../parts/sources";
import { tell } from "../../parts/tell";
import { useOnce } from "../../parts/useOnce";
import { useWords } from "../../words";

const hourMs = 3_600_000;
const any = "any";

export function Reserve({ onClose }: { onClose: () => void }) {
  const { reservations, chargestation: stationWords, status } = useWords();
  const words = reservations.form;
  const queries = useQueryClient();
  const [station, setStation] = useState<Chargestation>();
  const [connector, setConnector] = useState<string | null>(null);
  const [kind, setKind] = useState<"user" | "token">("user");
  const [holder, setHolder] = useState<string | null>(null);
  const [until, setUntil] = useState(() => localMinute(Date.now() + hourMs));
  const names = status as Record<string, string>;
  const once = useOnce();
  const reserve = async () => {
    const body = {
      ...(connector === any ? { chargestation: station?._id } : { connector: connector ?? undefined }),
      [kind]: holder ?? undefined,
      expires_at: new Date(until).toISOString(),
    };
    await once((headers) => result(api.POST("/reservations", { body, headers })));
    tell(words.requested);
    void queries.invalidateQueries({ queryKey: ["reservations"] });
  };
  return (
    <FormModal
      title={reservations.add}
      submit={words.submit}
      onSubmit={reserve}
      onClose={onClose}
      isReady={connector !== null && holder !== null && until !== ""}
    >
      {(errors) => (
        <>
          <Text size="sm" c="dimmed">
            {words.about}
          </Text>
          <Pick
            label={reservations.station}
            source={onlineStations}
            required
            error={errors.chargestation}
            value={station?._id ?? null}
            onChange={(_id, next) => {
              setStation(next);
              setConnector(null);
            }}
          />
          <Select
            label={words.connector}
            description={words.anyHint}
            required
            disabled={!station}
            error={errors.connector}
            value={connector}
            data={[
              ...(station?.connectors ?? []).map((one) => ({
                value: one._id,
                label: `${stationWords.connector(String(one.connectorId))}: ${names[one.status ?? "unknown"] ?? one.status}`,
                disabled: !one.active,
              })),
              { value: any, label: reservations.anyConnector },
            ]}
            onChange={setConnector}
          />
          <FormSegments
            label={words.kind}
            value={kind}
            data={(["user", "token"] as const).map((one) => ({ value: one, label: words.kinds[one] }))}
            onChange={(next) => {
              setKind(next === "token" ? "token" : "user");
              setHolder(null);
            }}
          />
          {kind === "user" ? (
            <Pick
              key="user"
              label={reservations.driver}
              source={drivers}
              required
              isDisabled={(one) => !one.active}
              error={errors.user}
              value={holder}
              onChange={setHolder}
            />
          ) : (
            <Pick
              key="token"
              label={reservations.card}
              description={words.cardHint}
              source={cards}
              required
              isDisabled={(one) => !one.active}
              error={errors.token}
              value={holder}
              onChange={setHolder}
            />
          )}
          <TextInput
            type="datetime-local"
            label={words.until}
            description={words.untilHint}
            required
            min={localMinute(Date.now())}
            max={localMinute(Date.now() + 24 * hourMs)}
            error={errors.expires_at}
            value={until}
            onChange={(e) => setUntil(e.currentTarget.value)}
          />
        </>
      )}
    </FormModal>
  );
}
