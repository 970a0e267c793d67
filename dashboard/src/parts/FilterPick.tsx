import { useWords } from "../words";
import { Pick } from "./Pick";
import type { Source } from "./sources";

interface Props<T> {
  label: string;
  source: Source<T>;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  width?: number;
}

/** A filter above a list by one of any number of things. */
export function FilterPick<T extends { _id: string }>({ label, source, value, onChange, width = 190 }: Props<T>) {
  const { common } = useWords();
  return (
    <Pick
      label={label}
      source={source}
      size="xs"
      w={width}
      clearable
      placeholder={common.any}
      value={value ?? null}
      onChange={(id) => onChange(id ?? undefined)}
      clearButtonProps={{ "aria-label": common.clearFilters }}
    />
  );
}
