import type { Schemas } from "../../api/client";

export type LayoutEntry = Schemas["RateScheduleBody"]["layout"][number];

/** For each day (Sunday first) and minute the id of the rate that holds there; null is the default's. */
export type Week = (string | null)[][];

/** A time of the week in which one rate holds. An end at or before the start lies on the next day. */
export interface Block {
  days: number[];
  /** Minutes of the day. */
  from: number;
  to: number;
  rate: string;
  start_date?: string;
  end_date?: string;
}

/** What a week shows, and beside it what holds between dates only. */
export interface Plan {
  week: Week;
  dated: Block[];
}

export const days = [0, 1, 2, 3, 4, 5, 6] as const;
export const dayMinutes = 24 * 60;
export const steps = [60, 30, 15] as const;
export type Step = (typeof steps)[number];

export const emptyWeek = (): Week => days.map(() => Array<string | null>(dayMinutes).fill(null));

interface Entry {
  target: { day_of_week?: number[]; start_time: string; end_time: string; start_date?: string; end_date?: string };
  rate: string;
}

export function planOf(layout: Entry[]): Plan {
  const plan: Plan = { week: emptyWeek(), dated: [] };
  for (const { target, rate } of layout) {
    const { start_date, end_date } = target;
    const on = target.day_of_week?.length ? target.day_of_week : [...days];
    const block = { days: on, from: minutesOf(target.start_time), to: minutesOf(target.end_time), rate };
    if (start_date || end_date) plan.dated.push({ ...block, start_date, end_date });
    else fill(plan.week, block, () => rate);
  }
  return plan;
}

function fill(week: Week, { days: on, from, to }: Block, fresh: (now: string | null) => string | null): void {
  const length = to > from ? to - from : to + dayMinutes - from;
  for (const day of on)
    for (let i = from; i < from + length; i++) {
      const line = week[(day + Math.floor(i / dayMinutes)) % 7];
      const minute = i % dayMinutes;
      if (line) line[minute] = fresh(line[minute] ?? null);
    }
}

export function layoutOf({ week, dated }: Plan): LayoutEntry[] {
  return [...blocksOf(week), ...dated].map(({ days: on, from, to, rate, start_date, end_date }) => ({
    target: {
      day_of_week: on,
      start_time: clock(from),
      end_time: clock(to),
      ...(start_date ? { start_date } : {}),
      ...(end_date ? { end_date } : {}),
    },
    rate,
  }));
}

/** The fewest blocks that say the same: equal runs of several days are one, and a night is one with its morning. */
export function blocksOf(week: Week): Block[] {
  const runs = new Map<string, Block>();
  week.forEach((line, day) => {
    for (const { from, to, rate } of runsOf(line, 0, dayMinutes)) {
      if (rate === null) continue;
      const key = `${from} ${to} ${rate}`;
      const run = runs.get(key) ?? { days: [], from, to, rate };
      run.days.push(day);
      runs.set(key, run);
    }
  });
  const all = [...runs.values()];
  const mornings = new Set<Block>();
  const joined = all.map((night) => {
    if (night.to !== dayMinutes || night.from === 0) return night;
    const next = night.days.map((day) => (day + 1) % 7).sort();
    const morning = all.find(
      (one) => one.from === 0 && one.to <= night.from && one.rate === night.rate && String(one.days) === String(next),
    );
    if (!morning) return night;
    mornings.add(morning);
    return { ...night, to: morning.to };
  });
  return joined.filter((block) => !mornings.has(block));
}

export interface Run {
  from: number;
  to: number;
  rate: string | null;
}

/** Which rates follow each other in a part of a day. */
export function runsOf(line: (string | null)[], start: number, end: number): Run[] {
  const runs: Run[] = [];
  for (let from = start; from < end; ) {
    const rate = line[from] ?? null;
    let to = from + 1;
    while (to < end && (line[to] ?? null) === rate) to += 1;
    runs.push({ from, to, rate });
    from = to;
  }
  return runs;
}

export function painted(week: Week, day: number, from: number, to: number, rate: string | null): Week {
  return week.map((line, d) => (d === day ? line.map((now, i) => (i >= from && i < to ? rate : now)) : line));
}

/** Puts a block into a plan, in the place of another one if it is that one changed. */
export function withBlock(plan: Plan, block: Block, before?: Block): Plan {
  const { week, dated } = before ? withoutBlock(plan, before) : plan;
  if (block.start_date || block.end_date) return { week, dated: [...dated, block] };
  const next = week.map((line) => [...line]);
  fill(next, block, () => block.rate);
  return { week: next, dated };
}

export function withoutBlock({ week, dated }: Plan, block: Block): Plan {
  if (block.start_date || block.end_date) return { week, dated: dated.filter((other) => other !== block) };
  const next = week.map((line) => [...line]);
  fill(next, block, (now) => (now === block.rate ? null : now));
  return { week: next, dated };
}

/** The widest cells in which each change of the week lies on an edge; of odd minutes none do. */
export function stepOf(week: Week): Step {
  const edges = week.flatMap((line) => runsOf(line, 0, dayMinutes).map(({ from }) => from));
  return steps.find((step) => edges.every((edge) => edge % step === 0)) ?? 15;
}

const two = (n: number): string => String(n).padStart(2, "0");

export const clock = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

export function minutesOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return hour * 60 + minute;
}
