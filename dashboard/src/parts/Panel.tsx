import { Group, Paper, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  title?: string;
  about?: string;
  actions?: ReactNode;
  children: ReactNode;
  span?: number;
  /** A table or a list reaches to the edges. */
  isFlush?: boolean;
}

export function Panel({ title, about, actions, children, span, isFlush }: Props) {
  return (
    <Paper component="section" data-span={span} aria-label={title} style={{ overflow: "hidden" }}>
      {(title || actions) && (
        <Group justify="space-between" align="flex-start" px="md" pt="sm" pb={isFlush ? "sm" : 4} gap="xs">
          <div style={{ flex: "1 1 180px", minWidth: 0 }}>
            {title && <Title order={2}>{title}</Title>}
            {about && (
              <Text size="xs" c="dimmed">
                {about}
              </Text>
            )}
          </div>
          {actions && (
            <Group gap="xs" justify="flex-end">
              {actions}
            </Group>
          )}
        </Group>
      )}
      <div style={isFlush ? undefined : { padding: "8px 16px 16px" }}>{children}</div>
    </Paper>
  );
}
