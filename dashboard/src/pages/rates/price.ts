import { useFormat } from "../../parts/format";
import { useWords } from "../../words";
import type { Rate } from "./RateForm";

/** A rate in one line; of a schedule, what holds where nothing is painted. */
export function usePrice(): (rate: Rate) => string {
  const { rates: words } = useWords();
  const format = useFormat();
  return (rate) => {
    const parts = rate.price_components ?? rate.default_rate?.price_components ?? [];
    const short = words.short as Record<string, ((price: string) => string) | undefined>;
    return parts
      .map((part) => short[part.type]?.(format.exactMoney(part.price, rate.currency)) ?? part.type)
      .join(" + ");
  };
}
