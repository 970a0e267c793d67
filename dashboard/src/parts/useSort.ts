import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";

type Order = "asc" | "desc";

export interface Sort<Name extends string = string> {
  by: Name;
  order: Order;
}

export interface Sorting {
  now: Sort;
  /** What a click on the head of a column asks for. */
  toggle: (by: string) => void;
}

/** Names are read from the first letter on, times from the newest on; a second click turns it round. */
export function nextSort<Name extends string>(now: Sort<Name>, by: Name): Sort<Name> {
  if (now.by === by) return { by, order: now.order === "asc" ? "desc" : "asc" };
  return { by, order: isTime(by) ? "desc" : "asc" };
}

const isTime = (name: string): boolean => /At$|Start$|Stop$/.test(name);

export function sortOf<Name extends string>(
  text: string | null,
  names: readonly Name[],
  first: Sort<Name>,
): Sort<Name> {
  const by = names.find((name) => name === text?.replace(/^-/, ""));
  return by ? { by, order: text?.startsWith("-") ? "desc" : "asc" } : first;
}

/** How a list is sorted, by what the API can sort by. It stands in the address, so that a link shows what its sender saw. */
export function useSort<Name extends string>(names: readonly Name[], first: Sort<Name>) {
  const [params, setParams] = useSearchParams();
  const text = params.get("sort");
  const now = useMemo(() => sortOf(text, names, first), [text, names, first]);
  const toggle = useCallback(
    (by: string) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          const sort = nextSort(sortOf(before.get("sort"), names, first), by as Name);
          next.set("sort", `${sort.order === "desc" ? "-" : ""}${sort.by}`);
          return next;
        },
        { replace: true },
      ),
    [setParams, names, first],
  );
  return {
    sorting: { now, toggle } satisfies Sorting,
    sorted: { sort_by: now.by, sort_order: now.order },
    key: `${now.by} ${now.order}`,
  };
}
