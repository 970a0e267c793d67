import { Select } from "@mantine/core";
import { useWords } from "../words";

interface Props {
  label: string;
  value: string | undefined;
  options: [string, string][];
  onChange: (value: string | undefined) => void;
  width?: number;
}

/** One filter above a list; empty is any. */
export function FilterSelect({ label, value, options, onChange, width = 160 }: Props) {
  const { common } = useWords();
  return (
    <Select
      label={label}
      size="xs"
      w={width}
      clearable
      searchable={options.length > 8}
      placeholder={common.any}
      value={value ?? null}
      data={options.map(([v, text]) => ({ value: v, label: text }))}
      onChange={(v) => onChange(v ?? undefined)}
      clearButtonProps={{ "aria-label": common.clearFilters }}
    />
  );
}
