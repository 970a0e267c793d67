import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { follow, type LiveEvent, type LiveState, readEvents } from "./stream";

const frame = (id: string) => `id: ${id}\nevent: session.updated\ndata: {"_id":"${id}","type":"session.updated"}\n\n`;

function body(...pieces: string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function hooks() {
  const seen: LiveEvent[] = [];
  const states: LiveState[] = [];
  const calls = { gaps: 0, signedOut: 0 };
  return {
    seen,
    states,
    calls,
    onEvent: (event: LiveEvent) => void seen.push(event),
    onState: (state: LiveState) => void states.push(state),
    onGap: () => void calls.gaps++,
    onSignedOut: () => void calls.signedOut++,
  };
}

test("events are read whole, wherever the network cuts them", async () => {
  vi.useRealTimers();
  const seen: string[] = [];
  const text = `retry: 2000\n: connected\n\n${frame("a")}${frame("b")}: still here\n\n`;
  await readEvents(
    body(text.slice(0, 40), text.slice(40, 41), text.slice(41)),
    () => {},
    (event) => seen.push(event._id),
  );
  expect(seen).toEqual(["a", "b"]);
});

test("after a break it goes on behind the last event", async () => {
  const asked: (string | null)[] = [];
  const answers = [new Response(body(frame("a"))), new Response(body(frame("b"))), new Promise<Response>(() => {})];
  const listener = hooks();
  const stop = follow(listener, {}, async (_url, init) => {
    asked.push(new Headers(init?.headers).get("Last-Event-ID"));
    return answers.shift() as Response | Promise<Response>;
  });
  await vi.advanceTimersByTimeAsync(5000);
  stop();
  expect(asked).toEqual([null, "a", "b"]);
  expect(listener.seen.map((event) => event._id)).toEqual(["a", "b"]);
  expect(listener.states.slice(0, 3)).toEqual(["connected", "reconnecting", "connected"]);
  expect(listener.calls.gaps).toBe(0);
});

test("an event that cannot be read holds nobody up: the next is told, all is read anew, and its line is given back", async () => {
  const lines: AbortSignal[] = [];
  const broken = 'id: b\nevent: action.accepted\ndata: {"_id":"b",\n\n';
  const answers = [new Response(body(frame("a"), broken, frame("c"))), new Promise<Response>(() => {})];
  const listener = hooks();
  const stop = follow(listener, {}, async (_url, init) => {
    if (init?.signal) lines.push(init.signal);
    return answers.shift() as Response | Promise<Response>;
  });
  await vi.advanceTimersByTimeAsync(1500);
  expect(listener.seen.map((event) => event._id)).toEqual(["a", "c"]);
  expect(listener.calls.gaps).toBe(1);
  expect(lines.map((line) => line.aborted)).toEqual([true, false]);
  stop();
});

test("an event that is not kept any more means that all must be read anew", async () => {
  const place = { lastId: "old" };
  const answers = [new Response("{}", { status: 410 }), new Promise<Response>(() => {})];
  const listener = hooks();
  const stop = follow(listener, place, async () => answers.shift() as Response | Promise<Response>);
  await vi.advanceTimersByTimeAsync(100);
  stop();
  expect(listener.calls.gaps).toBe(1);
  expect(place.lastId).toBeUndefined();
});

test("who is signed out is told so", async () => {
  const listener = hooks();
  const stop = follow(listener, {}, async () => new Response("{}", { status: 401 }));
  await vi.advanceTimersByTimeAsync(100);
  stop();
  expect(listener.calls.signedOut).toBe(1);
});

test("a server that is away is asked less and less often", async () => {
  let calls = 0;
  const stop = follow(hooks(), {}, async () => {
    calls += 1;
    throw new TypeError("network");
  });
  await vi.advanceTimersByTimeAsync(60_000);
  stop();
  expect(calls).toBeGreaterThan(4);
  expect(calls).toBeLessThan(9);
});
