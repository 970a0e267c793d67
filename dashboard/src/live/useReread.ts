import { type QueryKey, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useLiveEvents } from "./Live";
import type { LiveEvent } from "./stream";

/** What is reckoned from many things is read anew at most so often, however much happens. */
const restMs = 2000;

/** Has something read again when events that concern it have come. */
export function useStale(queryKey: QueryKey, concerns: (event: LiveEvent) => boolean): void {
  const queries = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  // What is read may have changed while a timer ran, as a group does by the very event that began it.
  const key = useRef(queryKey);
  useEffect(() => {
    key.current = queryKey;
  });
  useLiveEvents((event) => {
    if (!concerns(event)) return;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void queries.invalidateQueries({ queryKey: key.current });
    }, restMs);
  });
}

/**
 * Reads what no single event tells, and reads it again when events of what it is made of have come, or at every rest
 * while it moves on without events.
 */
export function useReread<T>(
  queryKey: QueryKey,
  read: (signal: AbortSignal) => Promise<T>,
  concerns: (event: LiveEvent) => boolean,
  isMoving: (found: T) => boolean = () => false,
) {
  useStale(queryKey, concerns);
  // Only this page hears of them, so what was kept from an earlier visit is old.
  return useQuery({
    queryKey,
    staleTime: 0,
    queryFn: ({ signal }) => read(signal),
    refetchInterval: ({ state: { data } }) => data !== undefined && isMoving(data) && restMs,
  });
}
