import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from "react";
import { apply, applyTo, changeOf, refresh } from "./patch";
import { follow, type LiveEvent, type LiveState, type Place } from "./stream";

type Listener = (event: LiveEvent) => void;

interface Held {
  state: LiveState;
  /** Whether pages may be read: what happens from now on is heard, or will be caught up with. */
  isReady: boolean;
  listen: (listener: Listener) => () => void;
}

const LiveContext = createContext<Held>({ state: "connecting", isReady: true, listen: () => () => {} });

export const useLive = (): Held => use(LiveContext);

/** Hears every event while the caller is on the screen. */
export function useLiveEvents(listener: Listener): void {
  const { listen } = useLive();
  const newest = useRef(listener);
  useEffect(() => {
    newest.current = listener;
  });
  useEffect(() => listen((event) => newest.current(event)), [listen]);
}

/** A busy network says hundreds of things a second: they are shown together, this often. */
const batchMs = 250;
/** Lists and counts are read again at most this often. */
const refreshMs = 2000;
/** No answer is on its way for longer than this, and so many events are laid over it at most. */
const recentMs = 5000;
const mostRecent = 500;
/** Pages wait this long for the stream before they are read without it. */
const patienceMs = 600;
/** Browsers allow few connections to one host: a page that nobody sees gives its own back after this. */
const hiddenMs = 60_000;

/** The one connection of the page, and what it does to the caches. */
export function LiveProvider({ children, onSignedOut }: { children: ReactNode; onSignedOut: () => void }) {
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>("connecting");
  const [isReady, setReady] = useState(false);
  const listeners = useRef(new Set<Listener>());
  const listen = useRef((listener: Listener) => {
    listeners.current.add(listener);
    return () => void listeners.current.delete(listener);
  });

  useEffect(() => {
    let waiting: LiveEvent[] = [];
    let recent: { at: number; event: LiveEvent }[] = [];
    const unsubscribe = queries.getQueryCache().subscribe(({ type, query, ...update }) => {
      if (type !== "updated" || !("action" in update) || update.action.type !== "success" || update.action.manual)
        return;
      recent = recent.filter(({ at }) => at > Date.now() - recentMs);
      if (recent.length > 0)
        queueMicrotask(() =>
          applyTo(
            queries,
            query,
            recent.map(({ event }) => event),
          ),
        );
    });
    const stale = new Set<string>();
    let batch: ReturnType<typeof setTimeout> | undefined;
    let reading: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      batch = undefined;
      const change = changeOf(waiting);
      waiting = [];
      apply(queries, change);
      for (const kind of change.stale) stale.add(kind);
      if (stale.size > 0) reading ??= setTimeout(readAgain, refreshMs);
    };
    const readAgain = () => {
      reading = undefined;
      refresh(queries, stale);
      stale.clear();
    };
    const place: Place = {};
    let isEarly = true;
    const patience = setTimeout(() => {
      isEarly = false;
      setReady(true);
    }, patienceMs);
    const onState = (next: LiveState) => {
      setState(next);
      if (next !== "connected") return;
      clearTimeout(patience);
      setReady(true);
      if (!isEarly && !place.lastId) void queries.invalidateQueries();
      isEarly = false;
    };
    const start = () =>
      follow(
        {
          onEvent: (event) => {
            waiting.push(event);
            recent.push({ at: Date.now(), event });
            if (recent.length > 2 * mostRecent) recent = recent.slice(-mostRecent);
            batch ??= setTimeout(show, batchMs);
            for (const listener of listeners.current) listener(event);
          },
          onState,
          onGap: () => void queries.invalidateQueries(),
          onSignedOut,
        },
        place,
      );
    let stop: (() => void) | undefined = start();
    let leaving: ReturnType<typeof setTimeout> | undefined;
    const onVisibility = () => {
      clearTimeout(leaving);
      if (document.hidden) {
        leaving = setTimeout(() => {
          stop?.();
          stop = undefined;
        }, hiddenMs);
      } else stop ??= start();
    };
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      stop?.();
      unsubscribe();
      for (const timer of [batch, reading, patience, leaving]) clearTimeout(timer);
    };
  }, [queries, onSignedOut]);

  const held = useMemo(() => ({ state, isReady, listen: listen.current }), [state, isReady]);
  return <LiveContext value={held}>{children}</LiveContext>;
}
