import { Anchor, Button, Group, NumberInput, Select, Stack, Switch, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { api, result, type Schemas } from "../../api/client";
import { orNone } from "../../api/orNone";
import { Refusal } from "../../api/refusal";
import type { Location } from "../../api/resources";
import { Confirm } from "../../parts/Confirm";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { ErrorState, Shown } from "../../parts/states";
import { tell } from "../../parts/tell";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import { HoursEditor } from "./HoursEditor";
import type { Hours } from "./hours";

type Body = Schemas["LocationBody"];
const zones = Intl.supportedValuesOf("timeZone");

export default function LocationPage() {
  const { id = "new" } = useParams();
  const isNew = id === "new";
  const location = useQuery({
    queryKey: ["locations", "one", id],
    enabled: !isNew,
    queryFn: ({ signal }) => result(api.GET("/locations/{id}", { params: { path: { id } }, signal })),
  });
  if (isNew) return <Form key="new" />;
  return <Shown of={location}>{(found) => <Form key={found._id} location={found} />}</Shown>;
}

function Form({ location }: { location?: Location }) {
  const { locations: words, shell, common } = useWords();
  const { may } = useMe();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const mayWrite = may("write:locations");
  const [isRemoving, setRemoving] = useState(false);
  const [body, setBody] = useState<Body>(() => ({
    name: location?.name ?? "",
    operatorName: location?.operatorName,
    address: location?.address ?? {},
    timezone: location?.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    coordinates: location?.coordinates,
    active: location?.active ?? true,
    openingHours: location?.openingHours as Body["openingHours"],
  }));
  const change = (part: Partial<Body>) => setBody((now) => ({ ...now, ...part }));
  const saving = useMutation({
    mutationFn: () =>
      location
        ? result(api.PATCH("/locations/{id}", { params: { path: { id: location._id } }, body: whole(body) }))
        : result(api.POST("/locations", { body })),
    onSuccess: (saved) => {
      tell(common.saved);
      queries.setQueryData(["locations", "one", saved._id], saved);
      void queries.invalidateQueries({ queryKey: ["locations"] });
      if (!location) void navigate(`/locations/${saved._id}`, { replace: true });
    },
  });
  const errors = saving.error instanceof Refusal ? saving.error.fields : {};
  const submit = (e: FormEvent) => {
    e.preventDefault();
    saving.mutate();
  };
  const text = (key: "streetAndNumber" | "postalCode" | "city" | "country", label: string, most: number) => (
    <TextInput
      label={label}
      maxLength={most}
      error={errors[`address.${key}`]}
      value={body.address?.[key] ?? ""}
      onChange={(e) => change({ address: { ...body.address, [key]: e.currentTarget.value || undefined } })}
    />
  );
  const coordinate = (at: 0 | 1, label: string, most: number) => (
    <NumberInput
      label={label}
      min={-most}
      max={most}
      decimalScale={6}
      error={errors.coordinates}
      value={body.coordinates?.[at] ?? ""}
      onChange={(v) =>
        change({
          coordinates: at === 0 ? [Number(v), body.coordinates?.[1] ?? 0] : [body.coordinates?.[0] ?? 0, Number(v)],
        })
      }
    />
  );
  return (
    <form onSubmit={submit}>
      <PageHead
        title={location?.name ?? words.newTitle}
        up={{ to: "/locations", label: shell.pages.locations }}
        about={
          location && (
            <Anchor component={Link} to={`/chargestations?location=${location._id}`} size="sm">
              {words.stations}
            </Anchor>
          )
        }
        actions={
          mayWrite && (
            <>
              {location && (
                <Button variant="default" leftSection={<IconTrash size={16} />} onClick={() => setRemoving(true)}>
                  {words.remove}
                </Button>
              )}
              <Button type="submit" loading={saving.isPending}>
                {common.save}
              </Button>
            </>
          )
        }
      />
      {saving.error && <ErrorState error={saving.error} />}
      <fieldset disabled={!mayWrite} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
        <div className="grid">
          <Stack gap="md" data-span={6}>
            <Panel title={words.address}>
              <Stack gap="sm">
                <TextInput
                  label={words.fields.name}
                  required
                  error={errors.name}
                  value={body.name}
                  onChange={(e) => change({ name: e.currentTarget.value })}
                />
                <TextInput
                  label={words.fields.operatorName}
                  error={errors.operatorName}
                  value={body.operatorName ?? ""}
                  onChange={(e) => change({ operatorName: e.currentTarget.value || undefined })}
                />
                {text("streetAndNumber", words.fields.street, 500)}
                <Group grow align="flex-start">
                  {text("postalCode", words.fields.postalCode, 20)}
                  {text("city", words.fields.city, 200)}
                </Group>
                {text("country", words.fields.country, 2)}
              </Stack>
            </Panel>
          </Stack>
          <Stack gap="md" data-span={6}>
            <Panel title={words.place}>
              <Stack gap="sm">
                <Select
                  label={words.fields.timezone}
                  searchable
                  allowDeselect={false}
                  limit={60}
                  error={errors.timezone}
                  value={body.timezone ?? null}
                  data={zones.includes(body.timezone ?? "") || !body.timezone ? zones : [body.timezone, ...zones]}
                  onChange={(timezone) => change({ timezone: timezone ?? undefined })}
                />
                <Group grow align="flex-start">
                  {coordinate(1, words.fields.lat, 90)}
                  {coordinate(0, words.fields.lon, 180)}
                </Group>
                <Switch
                  label={words.fields.active}
                  checked={body.active ?? true}
                  onChange={(e) => change({ active: e.currentTarget.checked })}
                />
              </Stack>
            </Panel>
            <HoursEditor
              hours={body.openingHours as Hours | undefined}
              onChange={(hours) => change({ openingHours: hours as Body["openingHours"] })}
            />
          </Stack>
        </div>
      </fieldset>
      {location && <Remove location={location} opened={isRemoving} onClose={() => setRemoving(false)} />}
    </form>
  );
}

/** Everything that the form shows: what is empty here is to be empty there. */
function whole(body: Body): Body {
  const { streetAndNumber, postalCode, city, country } = body.address ?? {};
  return {
    ...body,
    operatorName: orNone(body.operatorName),
    address: {
      ...body.address,
      streetAndNumber: orNone(streetAndNumber),
      postalCode: orNone(postalCode),
      city: orNone(city),
      country: orNone(country),
    },
    openingHours: orNone(body.openingHours),
  };
}

function Remove({ location, opened, onClose }: { location: Location; opened: boolean; onClose: () => void }) {
  const { locations: words, common } = useWords();
  const navigate = useNavigate();
  const remove = async () => {
    await result(api.DELETE("/locations/{id}", { params: { path: { id: location._id } } }));
    void navigate("/locations");
  };
  return (
    <Confirm
      title={words.remove}
      opened={opened}
      onClose={onClose}
      radius={[location.name]}
      act={common.delete}
      onAct={remove}
    >
      {words.removeAbout}
    </Confirm>
  );
}
