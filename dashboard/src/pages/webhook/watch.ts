import type { QueryClient } from "@tanstack/react-query";

/** No event tells of a delivery: for a while after one was asked for, the list is read again. */
const looksMs = [0, 700, 2000, 5000, 12_000];

export function watchDeliveries(queries: QueryClient, webhook: string) {
  for (const ms of looksMs) setTimeout(() => void queries.invalidateQueries({ queryKey: ["deliveries", webhook] }), ms);
}
