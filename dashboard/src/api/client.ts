import createClient from "openapi-fetch";
import { offlineCode, Refusal, refusalOf } from "./refusal";
import type { components, paths } from "./schema";

export type Schemas = components["schemas"];

/** The header tells the server that a page of ours meant the request: no foreign site can set it. */
export const meant = { "X-Requested-With": "voltgate-dashboard" };

export const api = createClient<paths>({
  baseUrl: `${globalThis.location?.origin ?? ""}/v1.1`,
  headers: meant,
  credentials: "same-origin",
  fetch: (request) => globalThis.fetch(request),
});

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** What the API answered, or a thrown Refusal. */
export async function answer<T>(call: Promise<Answer<T>>): Promise<T> {
  let given: Answer<T>;
  try {
    given = await call;
  } catch (e) {
    if (e instanceof DOMException && e.name === "AbortError") throw e;
    throw new Refusal(0, offlineCode, "");
  }
  if (given.data === undefined || !given.response.ok) throw refusalOf(given.response, given.error);
  return given.data;
}

/** The result alone, of answers that carry one. */
export async function result<T>(call: Promise<Answer<{ result: T }>>): Promise<T> {
  return (await answer(call)).result;
}

export interface Page<T> {
  result: T[];
  total: number;
  page: number;
  limit: number;
  hasNext: boolean;
}
