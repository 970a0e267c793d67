import { Alert, Button, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api, result } from "../api/client";
import { Refusal } from "../api/refusal";
import { ErrorState } from "../parts/states";
import { useWords } from "../words";
import { Entrance } from "./Entrance";
import { enter } from "./me";

/** The page behind an invitation's link; its token stands behind the #, where no server log sees it. */
export function Invitation({ token, onDone }: { token: string; onDone: () => void }) {
  const { signIn: words } = useWords();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const accepting = useMutation({
    mutationFn: () =>
      result(
        api.POST("/auth/accept", {
          body: { invitation: token, password, ...(name.trim() ? { name: name.trim() } : {}) },
        }),
      ),
    onSuccess: ({ admin, organization }) => {
      enter(queries, { admin, organization });
      onDone();
    },
    meta: { signsIn: true },
  });
  const fields = accepting.error instanceof Refusal ? accepting.error.fields : {};
  const submit = (e: FormEvent) => {
    e.preventDefault();
    accepting.mutate();
  };
  return (
    <Entrance>
      <form onSubmit={submit}>
        <Stack gap="md">
          <div>
            <Title order={1}>{words.invitation}</Title>
            <Text c="dimmed" size="sm">
              {words.invitationAbout}
            </Text>
          </div>
          {!token && <Alert color="orange">{words.noToken}</Alert>}
          {accepting.error && !fields.password && <ErrorState error={accepting.error} />}
          <TextInput
            label={words.yourName}
            autoComplete="name"
            value={name}
            onChange={(e) => setName(e.currentTarget.value)}
          />
          <PasswordInput
            label={words.newPassword}
            description={words.passwordRule}
            autoComplete="new-password"
            required
            minLength={12}
            error={fields.password}
            value={password}
            onChange={(e) => setPassword(e.currentTarget.value)}
          />
          <Button type="submit" loading={accepting.isPending} disabled={!token}>
            {words.accept}
          </Button>
        </Stack>
      </form>
    </Entrance>
  );
}
