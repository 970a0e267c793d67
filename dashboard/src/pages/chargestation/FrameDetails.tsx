import { Anchor, List, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import { Facts } from "../../parts/Facts";
import { useFormat } from "../../parts/format";
import { Json } from "../../parts/Json";
import { useWords } from "../../words";
import type { Frame } from "./frames";

export function FrameDetails({ frame }: { frame: Frame }) {
  const { chargestation: words } = useWords();
  const format = useFormat();
  return (
    <Stack gap="xs" px="md" pb="md">
      <Facts
        of={[
          [words.messages.type, frame.type],
          [words.messages.id, frame.message_id],
          [words.messages.latency, frame.latency_ms !== undefined && format.latency(frame.latency_ms)],
          [
            words.messages.session,
            frame.session && (
              <Anchor component={Link} size="sm" to={`/sessions/${frame.session}`}>
                {frame.session}
              </Anchor>
            ),
          ],
          ["", frame.times > 1 && words.messages.times(format.number(frame.times))],
        ]}
      />
      {frame.reasons.length > 0 && (
        <div>
          <Text size="sm" fw={600}>
            {words.messages.reasons}
          </Text>
          <List size="sm">
            {frame.reasons.map((reason) => (
              <List.Item key={reason}>{reason}</List.Item>
            ))}
          </List>
        </div>
      )}
      <Text size="xs" c="dimmed">
        {words.messages.payload}
      </Text>
      <Json of={frame.payload} />
      {frame.answer && (
        <>
          <Text size="xs" c="dimmed">
            {words.messages.answer}
          </Text>
          <Json of={frame.answer} />
        </>
      )}
    </Stack>
  );
}
