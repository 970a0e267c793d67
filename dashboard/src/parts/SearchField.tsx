import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useWords } from "../words";

interface Props {
  value: string | undefined;
  placeholder: string;
  label?: string;
  onChange: (text: string) => void;
}

/** Tells of a text when its writer pauses. */
export function SearchField({ value, placeholder, label, onChange }: Props) {
  const { common } = useWords();
  const [text, setText] = useState(value ?? "");
  const [told, setTold] = useState(value);
  const tell = useDebouncedCallback((settled: string) => onChange(settled.trim()), 250);
  if (value !== told) {
    setTold(value);
    if (value === undefined) setText("");
  }
  return (
    <TextInput
      type="search"
      label={label ?? common.search}
      size="xs"
      leftSection={<IconSearch size={14} />}
      placeholder={placeholder}
      value={text}
      onChange={(e) => {
        setText(e.currentTarget.value);
        tell(e.currentTarget.value);
      }}
    />
  );
}
