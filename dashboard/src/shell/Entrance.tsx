import { Group, Paper, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "../words";
import classes from "./shell.module.css";

/** The frame of what is seen before signing in. */
export function Entrance({ children }: { children: ReactNode }) {
  return (
    <main className={classes.entrance}>
      <Brand />
      <Paper p="xl" radius="lg" shadow="sm" w="100%" maw={400}>
        {children}
      </Paper>
    </main>
  );
}

export function Brand() {
  const { shell } = useWords();
  return (
    <Group gap={8} wrap="nowrap">
      <img src="/favicon.svg" alt="" width={28} height={28} />
      <Text fw={700} size="lg">
        {shell.product}
      </Text>
    </Group>
  );
}
