import { Alert, Anchor, Button, Code, Group, Loader, Paper, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import { IconBolt, IconCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";
import { answer, api } from "../../api/client";
import { type Chargestation, useChargestation } from "../../api/resources";
import { PageHead } from "../../parts/PageHead";
import { Copy } from "../../parts/Secret";
import { ErrorState, Shown } from "../../parts/states";
import { useMe } from "../../shell/me";
import { useWords } from "../../words";
import { StartSession } from "../sessions/StartSession";
import { simulateCommand, usePrepare, useSimulated } from "./prepare";

export default function Guide() {
  const { guide: words, shell } = useWords();
  const { may } = useMe();
  const simulated = useSimulated();
  const { preparing, password } = usePrepare(words, may("write:rates"));
  const mayPrepare = may("write:chargestations") && may("write:users");
  return (
    <>
      <PageHead title={shell.pages.guide} about={words.about} />
      <Shown of={simulated}>
        {({ result }) => {
          const station = result[0];
          return (
            <Stack gap="md" maw={860}>
              <Step number={1} title={words.steps.prepare} isDone={station !== undefined}>
                {station ? (
                  <Text size="sm">
                    <Anchor component={Link} to={`/chargestations/${station._id}`} size="sm">
                      {words.steps.prepareDone(station.name)}
                    </Anchor>
                  </Text>
                ) : (
                  <Stack gap="xs" align="flex-start">
                    <Text size="sm">{mayPrepare ? words.demoAbout : words.notAllowed}</Text>
                    {preparing.error && <ErrorState error={preparing.error} />}
                    <Button disabled={!mayPrepare} loading={preparing.isPending} onClick={() => preparing.mutate()}>
                      {words.demo}
                    </Button>
                  </Stack>
                )}
              </Step>
              <Connect listed={station} password={password} />
              <Start listed={station} />
              <Next />
            </Stack>
          );
        }}
      </Shown>
    </>
  );
}

function Connect({ listed, password }: { listed: Chargestation | undefined; password: string | undefined }) {
  const { guide: words } = useWords();
  const { data: station } = useChargestation(listed?._id);
  const command = station && simulateCommand(station, password, words.steps.passwordPlace);
  return (
    <Step number={2} title={words.steps.connect} isDone={station?.online === true}>
      {station?.online && <Text size="sm">{words.steps.connectDone}</Text>}
      {station && !station.online && command && (
        <Stack gap="xs" align="flex-start">
          <Text size="sm">{words.steps.connectAbout}</Text>
          <Code block w="100%" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
            {command}
          </Code>
          <Copy value={command} />
          {password === undefined && station.security.type !== "none" && (
            <Anchor component={Link} to={`/chargestations/${station._id}?tab=security`} size="sm">
              {words.steps.passwordGone}
            </Anchor>
          )}
          <Alert color="cyan" icon={<Loader size={16} color="cyan" />} role="status">
            {words.steps.connectWait}
          </Alert>
        </Stack>
      )}
    </Step>
  );
}

function Start({ listed }: { listed: Chargestation | undefined }) {
  const { guide: words, sessions } = useWords();
  const [isOpen, setOpen] = useState(false);
  const { data: station } = useChargestation(listed?._id);
  const newest = useQuery({
    queryKey: ["sessions", "some", { newestOf: station?._id }],
    enabled: station !== undefined,
    queryFn: ({ signal }) =>
      answer(api.GET("/sessions", { params: { query: { chargestation: station?._id, paginate_limit: 1 } }, signal })),
  });
  const session = newest.data?.result[0];
  return (
    <Step number={3} title={words.steps.start} isDone={session !== undefined && session.status !== "cancelled"}>
      {session ? (
        <Stack gap="xs" align="flex-start">
          <Text size="sm">{words.steps.startDone}</Text>
          <Button component={Link} to={`/sessions/${session._id}`} variant="light">
            {words.steps.watch}
          </Button>
        </Stack>
      ) : (
        <Stack gap="xs" align="flex-start">
          <Text size="sm">{words.steps.startAbout}</Text>
          <Button leftSection={<IconBolt size={16} />} disabled={!station?.online} onClick={() => setOpen(true)}>
            {sessions.start}
          </Button>
        </Stack>
      )}
      {station && (
        <StartSession
          opened={isOpen}
          onClose={() => setOpen(false)}
          station={station}
          connector={station.connectors[0]?._id}
        />
      )}
    </Step>
  );
}

function Next() {
  const { guide: words } = useWords();
  return (
    <Step number={4} title={words.steps.next} isDone={false}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{words.steps.nextReal}</Text>
        <Text size="sm">{words.steps.nextKey}</Text>
        <Group gap="xs">
          <Button component={Link} to="/chargestations?new=1" variant="default">
            {words.realStation}
          </Button>
          <Button component="a" href="/docs" variant="default">
            {words.docs}
          </Button>
        </Group>
      </Stack>
    </Step>
  );
}

interface StepProps {
  number: number;
  title: string;
  isDone: boolean;
  children: ReactNode;
}

function Step({ number, title, isDone, children }: StepProps) {
  const { guide: words } = useWords();
  return (
    <Paper p="md">
      <Group align="flex-start" wrap="nowrap" gap="md">
        <ThemeIcon
          radius="xl"
          size={30}
          variant={isDone ? "filled" : "light"}
          role="img"
          aria-label={isDone ? words.done : words.todo}
        >
          {isDone ? <IconCheck size={17} /> : number}
        </ThemeIcon>
        <div style={{ flex: 1, minWidth: 0 }}>
          <Title order={2} mb={6} mt={4}>
            {title}
          </Title>
          {children}
        </div>
      </Group>
    </Paper>
  );
}
