import type { Schemas } from "../../api/client";

export type LayoutEntry = Schemas["RateScheduleBody"]["layout"][number];
/** For each day (Sunday first) and hour the id of the rate that is painted there. */
export type Week = (string | null)[][];

export const days = [0, 1, 2, 3, 4, 5, 6] as const;
export const hours = Array.from({ length: 24 }, (_, hour) => hour);

export const emptyWeek = (): Week => days.map(() => hours.map(() => null));

interface Entry {
  target: { day_of_week?: number[]; start_time: string; end_time: string; start_date?: string; end_date?: string };
  rate: string;
}

/** Undefined: dates, or times beside the full hour, which a week of hours cannot show. */
export function weekOf(layout: Entry[]): Week | undefined {
  const week = emptyWeek();
  for (const { target, rate } of layout) {
    const [from, to] = [hourOf(target.start_time), hourOf(target.end_time)];
    if (target.start_date || target.end_date || from === undefined || to === undefined) return undefined;
    const named = target.day_of_week?.length ? target.day_of_week : days;
    // An end before the start lies on the next day.
    const length = to > from ? to - from : to + 24 - from;
    for (const day of named) for (let i = 0; i < length; i++) set(week, day, from + i, rate);
  }
  return week;
}

function set(week: Week, day: number, hour: number, rate: string): void {
  const line = week[(day + Math.floor(hour / 24)) % 7];
  if (line) line[hour % 24] = rate;
}

function hourOf(time: string): number | undefined {
  const [hour, minute] = time.split(":");
  return minute === "00" ? Number(hour) : undefined;
}

/** The fewest entries that say the same: equal runs of several days are one entry. */
export function layoutOf(week: Week): LayoutEntry[] {
  const runs = new Map<string, { from: number; to: number; rate: string; days: number[] }>();
  week.forEach((line, day) => {
    for (let from = 0; from < 24; ) {
      const rate = line[from] ?? null;
      let to = from + 1;
      while (to < 24 && line[to] === rate) to += 1;
      if (rate !== null) {
        const key = `${from} ${to} ${rate}`;
        const run = runs.get(key) ?? { from, to, rate, days: [] };
        run.days.push(day);
        runs.set(key, run);
      }
      from = to;
    }
  });
  return [...runs.values()].map(({ from, to, rate, days: on }) => ({
    target: { day_of_week: on, start_time: clock(from), end_time: clock(to) },
    rate,
  }));
}

export const clock = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;

export function painted(week: Week, day: number, hour: number, rate: string | null): Week {
  return week.map((line, d) => (d === day ? line.with(hour, rate) : line));
}
