import { Anchor, Group, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { Link } from "react-router";

interface Props {
  title: string;
  /** Where the page hangs: the list that it is one of. */
  up?: { to: string; label: string };
  beside?: ReactNode;
  about?: ReactNode;
  actions?: ReactNode;
}

export function PageHead({ title, up, beside, about, actions }: Props) {
  useEffect(() => {
    document.title = `${title} · Voltgate`;
  }, [title]);
  return (
    <Group justify="space-between" align="flex-end" mb="md" gap="sm">
      <div>
        {up && (
          <Anchor component={Link} to={up.to} size="sm" c="dimmed">
            ← {up.label}
          </Anchor>
        )}
        <Group gap="sm" align="center">
          <Title order={1} tabIndex={-1} id="page-title">
            {title}
          </Title>
          {beside}
        </Group>
        {about && (
          <Text size="sm" c="dimmed" component="div" maw={720}>
            {about}
          </Text>
        )}
      </div>
      {actions && <Group gap="xs">{actions}</Group>}
    </Group>
  );
}
