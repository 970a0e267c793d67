export interface Window {
  startTime: string;
  endTime: string;
}

/** By weekday, "0" is Sunday; a day without windows is closed. */
export type Hours = Record<string, Window[]>;

export const weekdays = ["1", "2", "3", "4", "5", "6", "0"];

export const usualHours = (): Hours =>
  Object.fromEntries(weekdays.map((day) => [day, [{ startTime: "08:00", endTime: "20:00" }]]));

export function withWindow(hours: Hours, day: string, at: number, change: Partial<Window>): Hours {
  const windows = (hours[day] ?? []).map((window, i) => (i === at ? { ...window, ...change } : window));
  return { ...hours, [day]: windows };
}

/** The next time on a day begins where the last one ends. */
export function withAnother(hours: Hours, day: string): Hours {
  const windows = hours[day] ?? [];
  const last = windows[windows.length - 1];
  return { ...hours, [day]: [...windows, { startTime: last?.endTime ?? "08:00", endTime: last ? "23:00" : "20:00" }] };
}

export function withoutWindow(hours: Hours, day: string, at: number): Hours {
  return { ...hours, [day]: (hours[day] ?? []).filter((_, i) => i !== at) };
}
