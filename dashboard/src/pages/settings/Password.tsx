import { Button, PasswordInput, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api, result } from "../../api/client";
import { Refusal } from "../../api/refusal";
import { Panel } from "../../parts/Panel";
import { ErrorState } from "../../parts/states";
import { tell } from "../../parts/tell";
import { useWords } from "../../words";

export function Password() {
  const { settings: words, signIn } = useWords();
  const queries = useQueryClient();
  const [current, setCurrent] = useState("");
  const [fresh, setFresh] = useState("");
  const changing = useMutation({
    mutationFn: () => result(api.POST("/auth/password", { body: { current_password: current, new_password: fresh } })),
    onSuccess: () => {
      tell(words.changed);
      setCurrent("");
      setFresh("");
      void queries.invalidateQueries({ queryKey: ["auth_sessions"] });
    },
  });
  const errors = changing.error instanceof Refusal ? changing.error.fields : {};
  const submit = (e: FormEvent) => {
    e.preventDefault();
    changing.mutate();
  };
  return (
    <Panel title={words.password}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <PasswordInput
            label={words.current}
            autoComplete="current-password"
            required
            error={errors.current_password}
            value={current}
            onChange={(e) => setCurrent(e.currentTarget.value)}
          />
          <PasswordInput
            label={words.fresh}
            description={signIn.passwordRule}
            autoComplete="new-password"
            required
            minLength={12}
            error={errors.new_password}
            value={fresh}
            onChange={(e) => setFresh(e.currentTarget.value)}
          />
          {changing.error && Object.keys(errors).length === 0 && <ErrorState error={changing.error} />}
          <div>
            <Button type="submit" loading={changing.isPending}>
              {words.change}
            </Button>
          </div>
        </Stack>
      </form>
    </Panel>
  );
}
