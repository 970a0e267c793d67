/** Why the server did not do it, as the API says it: one sentence that tells what to do, and what is wrong where. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: Record<string, string> = {},
    readonly requestId?: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}

interface Failure {
  message?: unknown;
  code?: unknown;
  request_id?: unknown;
  errors?: { field: string; message: string }[];
}

/** The network's own failures have no words of the API; pages word them by the code. */
export const offlineCode = "offline";

export function refusalOf(response: Response, body: unknown): Refusal {
  const failure = (typeof body === "object" && body !== null ? body : {}) as Failure;
  const retryAfter = Number(response.headers.get("Retry-After"));
  return new Refusal(
    response.status,
    typeof failure.code === "string" ? failure.code : `http_${response.status}`,
    typeof failure.message === "string" ? failure.message : response.statusText,
    Object.fromEntries((failure.errors ?? []).map((e) => [e.field, e.message])),
    typeof failure.request_id === "string" ? failure.request_id : undefined,
    retryAfter > 0 ? retryAfter : undefined,
  );
}
