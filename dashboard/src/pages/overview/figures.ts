import { useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Page } from "../../api/client";
import { mostRows, type Session } from "../../api/resources";
import { useLiveEvents } from "../../live/Live";

const one = { paginate_limit: 1 };

/** How many a filtered list has: lists tell their total, so one row is enough. */
function useCount(
  kind: string,
  name: string,
  ask: (signal: AbortSignal) => Promise<Pick<Page<unknown>, "total">>,
): number | undefined {
  const { data } = useQuery({
    queryKey: ["counts", kind, name],
    queryFn: async ({ signal }) => (await ask(signal)).total,
  });
  return data;
}

export function useCounts(isWebhookReader: boolean) {
  const stations = (name: string, query: { online?: boolean; active?: boolean }) =>
    useCount("chargestations", name, (signal) =>
      answer(api.GET("/chargestations", { params: { query: { ...query, ...one } }, signal })),
    );
  const connectors = (status: "Available" | "Charging" | "Occupied" | "Faulted" | undefined) =>
    useCount("connectors", status ?? "all", (signal) =>
      answer(api.GET("/connectors", { params: { query: { status, ...one } }, signal })),
    );
  return {
    stations: stations("all", { active: true }),
    online: stations("online", { active: true, online: true }),
    offline: stations("offline", { active: true, online: false }),
    connectors: connectors(undefined),
    free: connectors("Available"),
    charging: sum(connectors("Charging"), connectors("Occupied")),
    faulted: connectors("Faulted"),
    unknownCards: useCount("unknown_tokens", "all", (signal) =>
      answer(api.GET("/tokens/unknown", { params: { query: one }, signal })),
    ),
    webhooksOff: useCount("webhooks", "off", async (signal) =>
      isWebhookReader
        ? answer(api.GET("/webhooks", { params: { query: { active: false, ...one } }, signal }))
        : { total: 0 },
    ),
    securityEvents: useCount("security_events", "week", (signal) =>
      answer(
        api.GET("/events", {
          params: {
            query: { type: "chargestation.security_event", "createdAt[$gte]": daysAgo(7).toISOString(), ...one },
          },
          signal,
        }),
      ),
    ),
  };
}

const sum = (a: number | undefined, b: number | undefined) => (a === undefined || b === undefined ? undefined : a + b);

function daysAgo(days: number): Date {
  const day = new Date();
  day.setHours(0, 0, 0, 0);
  day.setDate(day.getDate() - days);
  return day;
}

type Sessions = Pick<Page<Session>, "result" | "total">;

/** The running sessions, newest first. Events keep them true, so that a busy network is not read again and again. */
export function useRunning() {
  const queries = useQueryClient();
  const key = ["running"];
  const running = useQuery({
    queryKey: key,
    queryFn: ({ signal }): Promise<Sessions> =>
      answer(api.GET("/sessions", { params: { query: { status: "Started", paginate_limit: mostRows } }, signal })),
  });
  useLiveEvents(({ object, data }) => {
    if (object === "session")
      queries.setQueryData<Sessions>(key, (old) => old && withSession(old, data as unknown as Session));
  });
  return running;
}

export function withSession({ result, total }: Sessions, session: Session): Sessions {
  const at = result.findIndex((other) => other._id === session._id);
  const isRunning = session.status === "Started";
  if (at < 0) return isRunning ? { result: [session, ...result], total: total + 1 } : { result, total };
  if (!isRunning) return { result: result.filter((other) => other._id !== session._id), total: total - 1 };
  return { result: result.with(at, session), total };
}

export function powerOf(sessions: Session[]): number {
  return sessions.reduce((kw, session) => kw + (session.energy_report?.power?.value ?? 0), 0);
}

export const daysShown = 14;

/** The sessions that ended in the last days; each that ends joins them. */
export function useEnded() {
  const queries = useQueryClient();
  const key = ["ended"];
  const ended = useQuery({
    queryKey: key,
    queryFn: ({ signal }): Promise<Sessions> =>
      answer(
        api.GET("/sessions", {
          params: { query: { status: "Ended", from: daysAgo(daysShown - 1).toISOString(), paginate_limit: mostRows } },
          signal,
        }),
      ),
  });
  useLiveEvents(({ type, data }) => {
    if (type !== "session.ended") return;
    const session = data as unknown as Session;
    queries.setQueryData<Sessions>(
      key,
      (old) =>
        old && {
          // A late message may end a session a second time.
          result: [session, ...old.result.filter((other) => other._id !== session._id)],
          total: old.result.some((other) => other._id === session._id) ? old.total : old.total + 1,
        },
    );
  });
  return ended;
}

export interface Day {
  day: string;
  wh: number;
  money: number;
}

/** Energy and revenue by the day on which the car was plugged in, in the viewer's zone; money of one currency only. */
export function daysOf(sessions: Session[], currency: string | undefined, now = new Date()): Day[] {
  const days = new Map<string, Day>();
  for (let back = daysShown - 1; back >= 0; back--) {
    const day = dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() - back));
    days.set(day, { day, wh: 0, money: 0 });
  }
  for (const { metrics, cost, createdAt } of sessions) {
    const day = days.get(dayOf(new Date(metrics.chargingStart ?? createdAt)));
    if (!day) continue;
    day.wh += metrics.energyConsumed;
    if (cost && cost.currency === currency) day.money += cost.amount;
  }
  return [...days.values()];
}

/** The currency of most bills. */
export function mainCurrency(sessions: Session[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { cost } of sessions) if (cost) counts.set(cost.currency, (counts.get(cost.currency) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

function dayOf(date: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
