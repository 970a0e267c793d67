import { Button, Group, Modal, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { FormEvent, ReactNode } from "react";
import { Refusal } from "../api/refusal";
import { useWords } from "../words";
import { ErrorState } from "./states";

interface Props {
  title: string;
  submit: string;
  onSubmit: () => Promise<unknown>;
  onClose: () => void;
  /** Where closing after success is not all that happens. */
  onCancel?: () => void;
  isReady?: boolean;
  size?: string;
  /** The fields; what the API says against one of them is told by its name. */
  children: (errors: Record<string, string>) => ReactNode;
}

/** A form in a window: it closes when the API took it, and says what is wrong where when it did not. */
export function FormModal({
  title,
  submit,
  onSubmit,
  onClose,
  onCancel = onClose,
  isReady = true,
  size,
  children,
}: Props) {
  const { common } = useWords();
  const sending = useMutation({ mutationFn: onSubmit, onSuccess: onClose });
  const send = (e: FormEvent) => {
    e.preventDefault();
    // React lets events rise to where the window was opened, which may be another form.
    e.stopPropagation();
    sending.mutate();
  };
  return (
    <Modal opened onClose={onCancel} title={title} size={size} closeButtonProps={{ "aria-label": common.close }}>
      <form onSubmit={send}>
        <Stack gap="sm">
          {children(sending.error instanceof Refusal ? sending.error.fields : {})}
          {sending.error && <ErrorState error={sending.error} />}
          <Group justify="flex-end" gap="xs" mt="xs">
            <Button variant="default" onClick={onCancel}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={sending.isPending} disabled={!isReady}>
              {submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
