import { useRef } from "react";

const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

type Headers = { "Idempotency-Key": string };

/**
 * Sends what must not happen twice: whoever tries again because the answer was lost sends the same key, and gets that
 * answer. Once one has come, the next is another deed.
 */
export function useOnce(): <T>(send: (headers: Headers) => Promise<T>) => Promise<T> {
  const key = useRef<string>(undefined);
  return async (send) => {
    key.current ??= newKey();
    const done = await send({ "Idempotency-Key": key.current });
    key.current = undefined;
    return done;
  };
}
