import { ActionIcon, Group, Stack, Switch, Text, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { Panel } from "../../parts/Panel";
import { usePreferences } from "../../parts/preferences";
import { useWords } from "../../words";
import { type Hours, usualHours, weekdays, withAnother, withoutWindow, withWindow } from "./hours";

export function HoursEditor({
  hours,
  onChange,
}: {
  hours: Hours | undefined;
  onChange: (hours: Hours | undefined) => void;
}) {
  const { locations } = useWords();
  const words = locations.hours;
  const { language } = usePreferences();
  const name = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" });
  const nameOf = (day: string) => name.format(new Date(Date.UTC(2024, 0, 7 + Number(day))));
  return (
    <Panel title={words.title} about={words.about}>
      <Stack gap="xs">
        <Switch
          label={words.always}
          checked={hours === undefined}
          onChange={(e) => onChange(e.currentTarget.checked ? undefined : usualHours())}
        />
        {hours &&
          weekdays.map((day) => (
            <Group key={day} gap="xs" align="flex-start" wrap="nowrap">
              <Text size="sm" w={96} pt={6}>
                {nameOf(day)}
              </Text>
              <Stack gap={4} style={{ flex: 1 }}>
                {(hours[day] ?? []).length === 0 && (
                  <Text size="sm" c="dimmed" pt={6}>
                    {words.closed}
                  </Text>
                )}
                {(hours[day] ?? []).map((window, at) => (
                  <Group key={at} gap={6} wrap="nowrap">
                    <Time
                      label={words.from(nameOf(day))}
                      value={window.startTime}
                      onChange={(startTime) => onChange(withWindow(hours, day, at, { startTime }))}
                    />
                    <Time
                      label={words.to(nameOf(day))}
                      value={window.endTime}
                      onChange={(endTime) => onChange(withWindow(hours, day, at, { endTime }))}
                    />
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={`${words.drop}: ${nameOf(day)}`}
                      onClick={() => onChange(withoutWindow(hours, day, at))}
                    >
                      <IconX size={14} />
                    </ActionIcon>
                  </Group>
                ))}
              </Stack>
              <ActionIcon
                variant="subtle"
                color="gray"
                mt={3}
                aria-label={`${words.add}: ${nameOf(day)}`}
                onClick={() => onChange(withAnother(hours, day))}
              >
                <IconPlus size={14} />
              </ActionIcon>
            </Group>
          ))}
      </Stack>
    </Panel>
  );
}

function Time({ label, value, onChange }: { label: string; value: string; onChange: (time: string) => void }) {
  return (
    <TextInput
      type="time"
      size="xs"
      w={110}
      aria-label={label}
      value={value}
      onChange={(e) => onChange(e.currentTarget.value)}
    />
  );
}
