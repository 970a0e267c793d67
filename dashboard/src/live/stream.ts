import { meant } from "../api/client";

export interface LiveEvent {
  _id: string;
  object: string;
  type: string;
  data: Record<string, unknown>;
  createdAt: string;
}

export type LiveState = "connecting" | "connected" | "reconnecting" | "offline";

export interface StreamHooks {
  onEvent: (event: LiveEvent) => void;
  onState: (state: LiveState) => void;
  /** Events were missed for good: what is shown must be read anew. */
  onGap: () => void;
  onSignedOut: () => void;
}

/** Up to where events were heard; kept by the caller, so that a later stream goes on there. */
export interface Place {
  lastId?: string;
}

const firstWaitMs = 1000;
const longestWaitMs = 30_000;
/** The server says something every 15 s; what is silent for longer is dead. */
const silenceMs = 40_000;

/**
 * Follows /events/stream until it is stopped, and goes on behind the last event after each break. EventSource would not
 * tell 401 and 410 from a broken line, and each of them needs another answer.
 */
export function follow(hooks: StreamHooks, place: Place = {}, fetchStream: typeof fetch = fetch): () => void {
  const stopped = new AbortController();
  let failures = 0;

  const run = async () => {
    while (!stopped.signal.aborted) {
      const waitMs = await connect();
      if (stopped.signal.aborted) return;
      hooks.onState(navigator.onLine ? "reconnecting" : "offline");
      await pause(waitMs, stopped.signal);
    }
  };

  const connect = async (): Promise<number> => {
    const line = new AbortController();
    const stop = () => line.abort();
    stopped.signal.addEventListener("abort", stop, { once: true });
    // A line over a network that is gone stands silently for minutes.
    addEventListener("offline", stop);
    let watch: ReturnType<typeof setTimeout> | undefined;
    const heard = () => {
      clearTimeout(watch);
      watch = setTimeout(stop, silenceMs);
    };
    try {
      heard();
      const headers = {
        ...meant,
        Accept: "text/event-stream",
        ...(place.lastId ? { "Last-Event-ID": place.lastId } : {}),
      };
      const response = await fetchStream("/v1.1/events/stream", { headers, signal: line.signal });
      if (response.status === 401) {
        hooks.onSignedOut();
        return longestWaitMs;
      }
      if (response.status === 410 || response.status === 422) {
        place.lastId = undefined;
        hooks.onGap();
        return 0;
      }
      if (!response.ok || !response.body) return backOff(Number(response.headers.get("Retry-After")));
      // Without a place to go on from, what happened while the line was down is unknown.
      if (failures > 0 && !place.lastId) hooks.onGap();
      failures = 0;
      hooks.onState("connected");
      const onEvent = (event: LiveEvent) => {
        place.lastId = event._id;
        hooks.onEvent(event);
      };
      await readEvents(response.body, heard, onEvent, hooks.onGap);
      return firstWaitMs;
    } catch {
      return backOff(0);
    } finally {
      // A line that is left but not cut keeps one of the few connections to the server that the browser has.
      line.abort();
      clearTimeout(watch);
      stopped.signal.removeEventListener("abort", stop);
      removeEventListener("offline", stop);
    }
  };

  const backOff = (retryAfterSeconds: number): number => {
    failures += 1;
    return Math.max(retryAfterSeconds * 1000, Math.min(longestWaitMs, firstWaitMs * 2 ** (failures - 1)));
  };

  void run();
  return () => stopped.abort();
}

export async function readEvents(
  body: ReadableStream<Uint8Array>,
  heard: () => void,
  onEvent: (event: LiveEvent) => void,
  /** One event could not be read: the others go on, and what it told must be read anew. */
  onBroken: () => void = () => {},
): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = "";
  while (true) {
    const { done, value } = await reader.read();
    if (done) return;
    heard();
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const data = block
        .split("\n")
        .filter((line) => line.startsWith("data: "))
        .map((line) => line.slice(6))
        .join("\n");
      if (!data) continue;
      const event = eventOf(data);
      if (event) onEvent(event);
      else onBroken();
    }
  }
}

function eventOf(data: string): LiveEvent | undefined {
  try {
    return JSON.parse(data) as LiveEvent;
  } catch {
    return undefined;
  }
}

/** Ends early when the browser finds the network again. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener("online", done);
    signal.addEventListener("abort", done, { once: true });
  });
}
