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
  return {
    offline: stations("offline", { active: true, online: false }),
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
    // Only this page hears of them, so what was kept from an earlier visit is old.
    staleTime: 0,
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
