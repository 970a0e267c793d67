import { Alert, Button, Code, Skeleton, Stack, Text, ThemeIcon } from "@mantine/core";
import { type Icon, IconAlertTriangle, IconInbox } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { offlineCode, Refusal } from "../api/refusal";
import { useWords, type Words } from "../words";

/** Nothing is there yet: what it would be, and what to do next. */
export function EmptyState({
  title,
  children,
  action,
  icon: Shown = IconInbox,
  isPage,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  icon?: Icon;
  /** It is all that the page says, so its title heads the page. */
  isPage?: boolean;
}) {
  return (
    <Stack align="center" gap={6} py={48} px="md">
      <ThemeIcon variant="light" color="gray" size={44} radius="xl" aria-hidden>
        <Shown size={22} />
      </ThemeIcon>
      <Text fw={600} mt={4} component={isPage ? "h1" : "p"} mb={0}>
        {title}
      </Text>
      {children && (
        <Text size="sm" c="dimmed" ta="center" maw={440} component="div">
          {children}
        </Text>
      )}
      {action && <div style={{ marginTop: 8 }}>{action}</div>}
    </Stack>
  );
}

type ErrorWords = Pick<Words, "errors" | "refusals">;

/** What went wrong: a headline in the reader's language over the API's own sentence, and how to try again. */
export function ErrorState({ error, again }: { error: unknown; again?: () => void }) {
  const words = useWords();
  const { errors } = words;
  const refusal = error instanceof Refusal ? error : undefined;
  const headline = headlineOf(error, words);
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} />} title={headline ?? errors.title} role="alert">
      <Stack gap="xs" align="flex-start">
        {headline && refusal ? (
          <Text size="sm">
            <span lang="en">{refusal.message}</span>
            {refusal.retryAfterSeconds !== undefined && ` ${errors.retryIn(refusal.retryAfterSeconds)}`}
          </Text>
        ) : (
          <Text size="sm">{sentenceOf(error, words)}</Text>
        )}
        {refusal?.requestId && (
          <Text size="xs" c="dimmed">
            {errors.quote} <Code>{refusal.requestId}</Code>
          </Text>
        )}
        {again && (
          <Button size="xs" variant="default" onClick={again}>
            {errors.again}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

/** Codes that these words do not know have no headline: the API's sentence has to do. */
function headlineOf(error: unknown, { refusals }: ErrorWords): string | undefined {
  return error instanceof Refusal ? (refusals as Record<string, string>)[error.code] : undefined;
}

/** All of it in one line, where there is no room for more. */
export function sentenceOf(error: unknown, words: ErrorWords): string {
  const { errors } = words;
  if (!(error instanceof Refusal)) return errors.unknown;
  if (error.code === offlineCode) return errors.offline;
  const headline = headlineOf(error, words);
  const told = headline ? errors.both(headline, error.message) : error.message;
  return error.retryAfterSeconds ? `${told} ${errors.retryIn(error.retryAfterSeconds)}` : told;
}

export function Loading({ lines = 5 }: { lines?: number }) {
  const { errors } = useWords();
  return (
    <Stack gap="sm" aria-busy role="status" aria-label={errors.loading}>
      {Array.from({ length: lines }, (_, i) => `line-${i}`).map((key) => (
        <Skeleton key={key} height={22} />
      ))}
    </Stack>
  );
}

interface Asked<T> {
  data: T | undefined;
  error: unknown;
  refetch: () => unknown;
}

/** One question to the API as a page shows it: waiting, refused or answered. */
export function Shown<T>({ of, children, lines }: { of: Asked<T>; children: (data: T) => ReactNode; lines?: number }) {
  if (of.data !== undefined) return children(of.data);
  if (of.error) return <ErrorState error={of.error} again={() => void of.refetch()} />;
  return <Loading lines={lines} />;
}
