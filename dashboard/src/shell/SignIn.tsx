import { Alert, Button, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { api, result } from "../api/client";
import { Refusal } from "../api/refusal";
import { sentenceOf } from "../parts/states";
import { useWords } from "../words";
import { Entrance } from "./Entrance";
import { enter } from "./me";

export function SignIn() {
  const all = useWords();
  const { signIn: words } = all;
  const queries = useQueryClient();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const signingIn = useMutation({
    mutationFn: () => result(api.POST("/auth/login", { body: { email: email.trim(), password } })),
    onSuccess: ({ admin, organization }) => enter(queries, { admin, organization }),
    meta: { signsIn: true },
  });
  const wait = useCountdown(signingIn.error);
  const submit = (e: FormEvent) => {
    e.preventDefault();
    signingIn.mutate();
  };
  return (
    <Entrance>
      <form onSubmit={submit}>
        <Stack gap="md">
          <div>
            <Title order={1}>{words.title}</Title>
            <Text c="dimmed" size="sm">
              {words.about}
            </Text>
          </div>
          {signingIn.error && (
            <Alert color="red" role="alert">
              {wait > 0
                ? words.throttled(wait)
                : (wordOf(signingIn.error, words.wrong) ?? sentenceOf(signingIn.error, all))}
            </Alert>
          )}
          <TextInput
            label={words.email}
            type="email"
            autoComplete="username"
            required
            value={email}
            onChange={(e) => setEmail(e.currentTarget.value)}
          />
          <PasswordInput
            label={words.password}
            autoComplete="current-password"
            required
            value={password}
            onChange={(e) => setPassword(e.currentTarget.value)}
          />
          <Button type="submit" loading={signingIn.isPending} disabled={wait > 0}>
            {words.submit}
          </Button>
          <Text c="dimmed" size="xs">
            {words.forgot}
          </Text>
        </Stack>
      </form>
    </Entrance>
  );
}

function wordOf(error: unknown, wrong: string): string | undefined {
  return error instanceof Refusal && error.status === 401 ? wrong : undefined;
}

/** The seconds that are left until the server takes another attempt. */
function useCountdown(error: unknown): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const seconds = error instanceof Refusal && error.status === 429 ? (error.retryAfterSeconds ?? 5) : 0;
    setLeft(seconds);
    if (seconds === 0) return;
    const timer = setInterval(() => setLeft((now) => Math.max(0, now - 1)), 1000);
    return () => clearInterval(timer);
  }, [error]);
  return left;
}
