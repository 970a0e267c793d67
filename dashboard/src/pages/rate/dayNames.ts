import { useMemo } from "react";
import { usePreferences } from "../../parts/preferences";

/** Monday first, as calendars of working weeks are. */
export const weekOrder = [1, 2, 3, 4, 5, 6, 0];

/** The days of the week in that order. */
export function useDayNames(weekday: "short" | "long" = "short"): string[] {
  const { language } = usePreferences();
  return useMemo(() => {
    const name = new Intl.DateTimeFormat(language, { weekday, timeZone: "UTC" });
    return weekOrder.map((day) => name.format(new Date(Date.UTC(2024, 0, 7 + day))));
  }, [language, weekday]);
}
