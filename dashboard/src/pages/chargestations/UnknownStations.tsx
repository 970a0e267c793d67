import { Button, Group, Modal, Paper, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconPlugConnected } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, result, type Schemas } from "../../api/client";
import { type Chargestation, useLocations } from "../../api/resources";
import { Confirm } from "../../parts/Confirm";
import { FormModal } from "../../parts/FormModal";
import { useFormat } from "../../parts/format";
import { EmptyState, Shown } from "../../parts/states";
import { tell } from "../../parts/tell";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import { Made, securities } from "./NewStation";

type Unknown = Schemas["UnknownStation"];

/** Stations that knocked with an identity that nobody registered, and wait to be taken in or sent away. */
export function UnknownStations() {
  const { chargestations, common } = useWords();
  const words = chargestations.unknown;
  const queries = useQueryClient();
  const [adopted, setAdopted] = useState<Unknown>();
  const [dismissed, setDismissed] = useState<Unknown>();
  const [made, setMade] = useState<Chargestation>();
  const unknown = useQuery({
    queryKey: ["unknown_stations", "list"],
    // No event tells of a stranger's knock, so what was kept from an earlier visit is old.
    staleTime: 0,
    queryFn: ({ signal }) =>
      answer(
        api.GET("/unknown_stations", { params: { query: { sort_by: "updatedAt", paginate_limit: 100 } }, signal }),
      ),
  });
  const refresh = () => {
    for (const kind of ["unknown_stations", "chargestations", "network"])
      void queries.invalidateQueries({ queryKey: [kind] });
  };
  const dismiss = async () => {
    await result(api.DELETE("/unknown_stations/{id}", { params: { path: { id: dismissed?._id ?? "" } } }));
    tell(words.dismissed);
    refresh();
  };
  return (
    <>
      <Shown of={unknown}>
        {({ result: stations }) =>
          stations.length === 0 ? (
            <Paper>
              <EmptyState
                title={words.none}
                icon={IconPlugConnected}
                action={
                  <Button variant="default" onClick={() => void unknown.refetch()} loading={unknown.isFetching}>
                    {words.look}
                  </Button>
                }
              >
                {words.noneAbout}
              </EmptyState>
            </Paper>
          ) : (
            <Stack gap="xs">
              <Text size="sm" c="dimmed" maw={720}>
                {words.about}
              </Text>
              {stations.map((station) => (
                <Row
                  key={station._id}
                  station={station}
                  onAdopt={() => setAdopted(station)}
                  onDismiss={() => setDismissed(station)}
                />
              ))}
            </Stack>
          )
        }
      </Shown>
      {adopted && (
        <Adopt
          station={adopted}
          onMade={(station) => {
            setAdopted(undefined);
            setMade(station);
            refresh();
          }}
          onClose={() => setAdopted(undefined)}
        />
      )}
      <Modal
        opened={made !== undefined}
        onClose={() => setMade(undefined)}
        title={chargestations.form.made}
        closeButtonProps={{ "aria-label": common.close }}
      >
        {made && <Made station={made} />}
      </Modal>
      <Confirm
        title={words.dismissTitle}
        opened={dismissed !== undefined}
        onClose={() => setDismissed(undefined)}
        radius={dismissed && [dismissed.identity, words.from(dismissed.source)]}
        act={words.dismiss}
        onAct={dismiss}
      >
        {words.dismissAbout}
      </Confirm>
    </>
  );
}

function Row({ station, onAdopt, onDismiss }: { station: Unknown; onAdopt: () => void; onDismiss: () => void }) {
  const { chargestations } = useWords();
  const words = chargestations.unknown;
  const format = useFormat();
  const { may } = useMe();
  const boot = station.bootInfo;
  const told = [
    [boot?.chargePointVendor, boot?.chargePointModel].filter(Boolean).join(" "),
    boot?.chargePointSerialNumber,
    station.protocol.replace("ocpp", "OCPP "),
    words.from(station.source),
    words.seen(format.dateTime(station.updatedAt)),
  ];
  return (
    <Paper p="sm">
      <Group justify="space-between">
        <div style={{ minWidth: 0 }}>
          <Text className="mono" fw={600} style={{ overflowWrap: "anywhere" }}>
            {station.identity}
          </Text>
          <Text size="xs" c="dimmed">
            {told.filter(Boolean).join(" · ")}
          </Text>
        </div>
        {may("write:chargestations") && (
          <Group gap="xs">
            <Button size="xs" variant="default" aria-label={words.dismissLabel(station.identity)} onClick={onDismiss}>
              {words.dismiss}
            </Button>
            <Button size="xs" aria-label={words.adoptLabel(station.identity)} onClick={onAdopt}>
              {words.adopt}
            </Button>
          </Group>
        )}
      </Group>
    </Paper>
  );
}

interface AdoptProps {
  station: Unknown;
  onMade: (station: Chargestation) => void;
  onClose: () => void;
}

function Adopt({ station, onMade, onClose }: AdoptProps) {
  const { chargestations } = useWords();
  const words = chargestations.form;
  const locations = useLocations();
  const [name, setName] = useState(station.identity);
  const [location, setLocation] = useState<string | null>(null);
  const [type, setType] = useState<(typeof securities)[number]>("basic_auth");
  const adopt = async () => {
    const body = { name, security: { type }, ...(location ? { location } : {}) };
    onMade(await result(api.POST("/unknown_stations/{id}/adopt", { params: { path: { id: station._id } }, body })));
  };
  return (
    <FormModal
      title={chargestations.unknown.adoptTitle(station.identity)}
      submit={chargestations.unknown.adopt}
      onSubmit={adopt}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <Text size="sm" c="dimmed">
            {chargestations.unknown.adoptAbout}
          </Text>
          <TextInput
            data-autofocus
            label={words.name}
            description={words.nameHint}
            required
            maxLength={200}
            error={errors.name}
            value={name}
            onChange={(e) => setName(e.currentTarget.value)}
          />
          <Select
            label={words.location}
            placeholder={words.noLocation}
            clearable
            searchable
            error={errors.location}
            value={location}
            data={(locations.data?.result ?? []).map((l) => ({ value: l._id, label: l.name }))}
            onChange={setLocation}
          />
          <Select
            label={words.security}
            allowDeselect={false}
            error={errors["security.type"]}
            value={type}
            data={securities.map((one) => ({ value: one, label: words.securities[one] }))}
            onChange={(next) => setType(securities.find((one) => one === next) ?? "basic_auth")}
          />
        </>
      )}
    </FormModal>
  );
}
