import { Alert, Button, Code, CopyButton, Group, Stack, Text } from "@mantine/core";
import { IconCheck, IconCopy, IconKey } from "@tabler/icons-react";
import { useWords } from "../words";

export function Copy({ value, label }: { value: string; label?: string }) {
  const { common } = useWords();
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          onClick={copy}
          leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
        >
          {copied ? common.copied : (label ?? common.copy)}
        </Button>
      )}
    </CopyButton>
  );
}

/** A secret that the server shows this once. */
export function Secret({ title, value }: { title: string; value: string }) {
  const { common } = useWords();
  return (
    <Alert color="yellow" icon={<IconKey size={18} />} title={title}>
      <Stack gap="xs">
        <Text size="sm">{common.shownOnce}</Text>
        <Group gap="xs">
          <Code style={{ overflowWrap: "anywhere" }}>{value}</Code>
          <Copy value={value} />
        </Group>
      </Stack>
    </Alert>
  );
}
