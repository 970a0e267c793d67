import { Modal, Text, TextInput } from "@mantine/core";
import { useDebouncedValue, useHotkeys } from "@mantine/hooks";
import { IconArrowRight, IconBolt, IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useWords } from "../words";
import { type Command, useCommands } from "./commands";
import classes from "./shell.module.css";

export function usePalette() {
  const [isOpen, setOpen] = useState(false);
  useHotkeys([["mod+K", () => setOpen((now) => !now)]], []);
  return { isOpen, open: () => setOpen(true), close: () => setOpen(false) };
}

export function Palette({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { shell, common } = useWords();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={shell.palette.label}
      size="lg"
      centered={false}
      yOffset="12vh"
      closeButtonProps={{ "aria-label": common.close }}
    >
      <Choice onClose={onClose} />
    </Modal>
  );
}

function Choice({ onClose }: { onClose: () => void }) {
  const { shell } = useWords();
  const list = useId();
  const [text, setText] = useState("");
  const [settled] = useDebouncedValue(text, 120);
  const [at, setAt] = useState(0);
  const commands = useCommands(text, settled);
  const chosen = commands[Math.min(at, commands.length - 1)];
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen) box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  const run = (command: Command) => {
    onClose();
    command.run();
  };
  const onKey = (e: KeyboardEvent) => {
    const step = e.key === "ArrowDown" ? 1 : e.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      e.preventDefault();
      setAt((now) => (Math.min(now, commands.length - 1) + step + commands.length) % Math.max(1, commands.length));
    } else if (e.key === "Enter" && chosen) {
      e.preventDefault();
      run(chosen);
    }
  };
  return (
    <>
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={chosen ? `${list}-${chosen.key}` : undefined}
        aria-label={shell.palette.placeholder}
        placeholder={shell.palette.placeholder}
        leftSection={<IconSearch size={16} />}
        value={text}
        onChange={(e) => {
          setText(e.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKey}
        mb="xs"
      />
      {commands.length === 0 && (
        <Text size="sm" c="dimmed" py="md" px="xs">
          {shell.palette.nothing}
        </Text>
      )}
      <div role="listbox" id={list} aria-label={shell.palette.label} className={classes.options} ref={box}>
        {commands.map((command, i) => (
          <div key={command.key}>
            {command.group !== commands[i - 1]?.group && (
              <p className={classes.group}>{shell.palette[command.group]}</p>
            )}
            <div
              role="option"
              id={`${list}-${command.key}`}
              aria-selected={command === chosen}
              className={classes.option}
              onClick={() => run(command)}
              onMouseMove={() => setAt(i)}
            >
              {command.group === "actions" ? (
                <IconBolt size={16} aria-hidden />
              ) : (
                <IconArrowRight size={16} aria-hidden />
              )}
              {command.label}
            </div>
          </div>
        ))}
      </div>
      <Text size="xs" c="dimmed" mt="xs">
        {shell.palette.hint}
      </Text>
    </>
  );
}
