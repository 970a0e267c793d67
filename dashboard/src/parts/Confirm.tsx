import { Button, Group, List, Modal, Stack, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useWords } from "../words";
import { ErrorState } from "./states";

interface Props {
  title: string;
  opened: boolean;
  onClose: () => void;
  /** What happens, in a sentence. */
  children: ReactNode;
  /** Whom it hits: each line one consequence. */
  radius?: string[];
  /** A word to type, for what cannot be taken back. */
  typed?: string;
  act: string;
  onAct: () => Promise<unknown>;
}

/** Asks before something dangerous, and says first whom it will hit. */
export function Confirm({ title, opened, onClose, children, radius = [], typed, act, onAct }: Props) {
  const { common } = useWords();
  const [text, setText] = useState("");
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const close = () => {
    setText("");
    setState({ busy: false });
    onClose();
  };
  const run = async () => {
    setState({ busy: true });
    try {
      await onAct();
      close();
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <Modal opened={opened} onClose={close} title={title} closeButtonProps={{ "aria-label": common.close }}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          // React lets events rise to where the window was opened, which may be another form.
          e.stopPropagation();
          void run();
        }}
      >
        <Stack gap="md">
          <Text size="sm" component="div">
            {children}
          </Text>
          {radius.length > 0 && (
            <List size="sm" spacing={4}>
              {radius.map((line) => (
                <List.Item key={line}>{line}</List.Item>
              ))}
            </List>
          )}
          {typed && (
            <TextInput
              label={common.typeToConfirm(typed)}
              value={text}
              onChange={(e) => setText(e.currentTarget.value)}
              autoComplete="off"
            />
          )}
          {state.error !== undefined && <ErrorState error={state.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close} data-autofocus>
              {common.cancel}
            </Button>
            <Button type="submit" color="red" loading={state.busy} disabled={typed !== undefined && text !== typed}>
              {act}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
