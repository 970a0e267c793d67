import { api, result, type Schemas } from "../../api/client";
import { useReread } from "../../live/useReread";

export type Network = Schemas["Network"];
export type Day = Schemas["Days"]["days"][number];

export const daysShown = 14;

const isOneOf =
  (...things: string[]) =>
  ({ object }: { object: string }) =>
    things.includes(object);

export function useNetwork() {
  return useReread(
    ["network"],
    (signal) => result(api.GET("/statistics/network", { signal })),
    isOneOf("chargestation", "connector", "session"),
  );
}

/** Energy and revenue of the last days, by the viewer's calendar. */
export function useDays() {
  return useReread(
    ["days"],
    (signal) => {
      const { timeZone: timezone } = Intl.DateTimeFormat().resolvedOptions();
      const query = { from: dayBack(daysShown - 1), timezone };
      return result(api.GET("/statistics/days", { params: { query }, signal }));
    },
    isOneOf("session"),
  );
}

export function connectorsOf(network: Network | undefined, ...statuses: string[]): number | undefined {
  return network?.connectors
    .filter(({ status }) => statuses.length === 0 || statuses.includes(status ?? ""))
    .reduce((sum, { count }) => sum + count, 0);
}

/** The currency of most days: amounts of several cannot be added. */
export function mainCurrency(days: Day[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { revenue } of days)
    for (const { currency } of revenue) counts.set(currency, (counts.get(currency) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

export function revenueOf(day: Day, currency: string | undefined): number {
  return day.revenue.find((line) => line.currency === currency)?.amount ?? 0;
}

function dayBack(days: number, now = new Date()): string {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - days);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
