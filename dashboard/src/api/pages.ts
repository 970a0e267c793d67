import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { Page } from "./client";

export interface Rows<T> {
  total: number | undefined;
  row: (index: number) => T | undefined;
  /** Which rows are on the screen: their pages are fetched. */
  show: (first: number, last: number) => void;
  error: unknown;
  again: () => void;
}

export const pageSize = 100;

/** A list of any length, of which only the pages on the screen are fetched. Keys begin with the kind, for live patches. */
export function useRows<T>(
  kind: string,
  filter: Record<string, string | undefined>,
  fetchPage: (page: number, limit: number, signal: AbortSignal) => Promise<Page<T>>,
): Rows<T> {
  const [range, setRange] = useState({ first: 1, last: 1 });
  const key = (page: number) => [kind, "list", filter, page] as const;
  const first = useQuery({
    queryKey: key(1),
    queryFn: ({ signal }) => fetchPage(1, pageSize, signal),
    placeholderData: keepPreviousData,
  });
  const numbers = pagesBetween(range.first, range.last).filter((page) => page !== 1);
  const others = useQueries({
    queries: numbers.map((page) => ({
      queryKey: key(page),
      queryFn: ({ signal }: { signal: AbortSignal }) => fetchPage(page, pageSize, signal),
    })),
  });
  const loaded = new Map<number, T[]>();
  if (first.data) loaded.set(1, first.data.result);
  others.forEach((other, i) => {
    const page = numbers[i];
    if (page !== undefined && other.data) loaded.set(page, other.data.result);
  });
  const show = useCallback((from: number, to: number) => {
    const next = { first: Math.floor(from / pageSize) + 1, last: Math.floor(to / pageSize) + 1 };
    setRange((now) => (now.first === next.first && now.last === next.last ? now : next));
  }, []);
  return {
    total: first.data?.total,
    row: (index) => loaded.get(Math.floor(index / pageSize) + 1)?.[index % pageSize],
    show,
    error: first.error ?? others.find((other) => other.error)?.error,
    again: () => {
      void first.refetch();
      for (const other of others) if (other.error) void other.refetch();
    },
  };
}

function pagesBetween(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}
