import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";

/** Filters that stand in the address, so that a link shows what its sender saw. */
export function useFilters<Name extends string>(names: readonly Name[]) {
  const [params, setParams] = useSearchParams();
  const text = names.map((name) => params.get(name) ?? "").join("\n");
  const values = useMemo(() => {
    const parts = text.split("\n");
    return Object.fromEntries(names.map((name, i) => [name, parts[i] || undefined])) as Record<
      Name,
      string | undefined
    >;
  }, [text, names]);
  const set = useCallback(
    (name: string, value: string | null | undefined) =>
      setParams(
        (now) => {
          const next = new URLSearchParams(now);
          if (value) next.set(name, value);
          else next.delete(name);
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );
  const clear = useCallback(
    () =>
      setParams(
        (now) => {
          const next = new URLSearchParams(now);
          for (const name of names) next.delete(name);
          return next;
        },
        { replace: true },
      ),
    [setParams, names],
  );
  return {
    values,
    set,
    clear,
    isFiltered: names.some((name) => values[name]),
    flag: (name: string) => params.has(name),
  };
}
