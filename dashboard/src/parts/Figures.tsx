import { Group, Text } from "@mantine/core";
import classes from "./Figures.module.css";

/** Figures side by side, each under its name; those without a value are left out. */
export function Figures({ of }: { of: [name: string, value: string | undefined][] }) {
  return (
    <Group gap={0} className={classes.figures}>
      {of
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => (
          <div key={name}>
            <Text size="xs" c="dimmed">
              {name}
            </Text>
            <Text fw={600} size="lg" className="tabular">
              {value}
            </Text>
          </div>
        ))}
    </Group>
  );
}
