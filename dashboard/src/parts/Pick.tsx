import { Select, type SelectProps } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useWords } from "../words";
import type { Source } from "./sources";

const offered = 50;

interface Props<T> extends Omit<SelectProps, "data" | "value" | "onChange" | "searchable" | "filter"> {
  source: Source<T>;
  value: string | null;
  onChange: (id: string | null, thing: T | undefined) => void;
  isDisabled?: (thing: T) => boolean;
}

/** Chooses one of any number of things: the API searches, and a few of what it finds are offered. */
export function Pick<T extends { _id: string }>({ source, value, onChange, isDisabled, ...props }: Props<T>) {
  const { common } = useWords();
  const [text, setText] = useState("");
  const [settled] = useDebouncedValue(text.trim(), 200);
  const chosen = useQuery({
    queryKey: [source.kind, "one", value],
    enabled: value !== null,
    queryFn: ({ signal }) => source.one(value ?? "", signal),
  });
  const label = chosen.data && source.label(chosen.data);
  const search = settled && settled !== label ? settled : undefined;
  const found = useQuery({
    queryKey: [source.kind, "some", source.name, search],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => source.find({ search, paginate_limit: offered }, signal),
  });
  const things = found.data?.result ?? [];
  const all = chosen.data && !things.some((thing) => thing._id === value) ? [chosen.data, ...things] : things;
  return (
    <Select
      {...props}
      searchable
      nothingFoundMessage={found.isPending ? undefined : common.nothingFound}
      // What is offered has been searched already, by more than its label.
      filter={({ options }) => options}
      value={value}
      data={all.map((thing) => ({ value: thing._id, label: source.label(thing), disabled: isDisabled?.(thing) }))}
      onSearchChange={setText}
      onChange={(id) =>
        onChange(
          id,
          all.find((thing) => thing._id === id),
        )
      }
    />
  );
}
