import { useMemo } from "react";
import { usePreferences } from "./preferences";

export type Format = ReturnType<typeof formatOf>;

/** Numbers and times in a language. A zone undefined is the viewer's. */
export function formatOf(language: string, zone?: string) {
  const number = (value: number, most = 0, least = 0) =>
    new Intl.NumberFormat(language, { maximumFractionDigits: most, minimumFractionDigits: least }).format(value);
  const shape = (options: Intl.DateTimeFormatOptions) => (iso: string | number) =>
    new Intl.DateTimeFormat(language, { ...options, timeZone: safeZone(zone) }).format(new Date(iso));
  const time = shape({ timeStyle: "short" });
  const day = shape({ day: "numeric", month: "short" });
  const longDay = shape({ dateStyle: "medium" });
  return {
    number,
    dateTime: shape({ dateStyle: "medium", timeStyle: "short" }),
    exact: shape({ dateStyle: "medium", timeStyle: "long" }),
    date: shape({ dateStyle: "medium" }),
    time: shape({ timeStyle: "medium" }),
    clock: time,
    day,
    shortDay: shape({ day: "numeric", month: "numeric" }),
    /** As short as it is clear: today's times need no day, this year's days no year. */
    when: (iso: string, now = new Date()) => {
      if (longDay(iso) === longDay(now.toISOString())) return time(iso);
      const isThisYear = new Date(iso).getFullYear() === now.getFullYear();
      return isThisYear ? `${day(iso)}, ${time(iso)}` : longDay(iso);
    },
    /** An amount in the currency's units, as sessions carry it; the code may come in any case. */
    money: (amount: number, currency: string) => moneyOf(language, amount, currency),
    /** Lines of a bill have up to six decimals; none is hidden, and none is shown that is not there. */
    exactMoney: (amount: number, currency: string) => moneyOf(language, amount, currency, 6),
    /** Wallets count in the currency's minor units. */
    minor: (amount: number, currency: string) =>
      moneyOf(language, amount / 10 ** fractionDigits(language, currency), currency),
    fromMinor: (amount: number, currency: string) => amount / 10 ** fractionDigits(language, currency),
    decimal: new Intl.NumberFormat(language).formatToParts(0.5).find((part) => part.type === "decimal")?.value ?? ".",
    /** How many decimals an amount has as people write it, and which minor units it is. */
    digits: (currency: string) => fractionDigits(language, currency),
    inMinor: (amount: number, currency: string) => Math.round(amount * 10 ** fractionDigits(language, currency)),
    energy: (wh: number) =>
      Math.abs(wh) >= 999_500 ? `${number(wh / 1e6, 2, 2)} MWh` : `${number(wh / 1000, 2, 2)} kWh`,
    power: (kw: number) => (Math.abs(kw) >= 1000 ? `${number(kw / 1000, 2)} MW` : `${number(kw, 1)} kW`),
    percent: (value: number) => `${number(value)} %`,
    duration: (seconds: number) => durationOf(seconds),
    ago: (iso: string, now = Date.now()) => agoOf(language, new Date(iso).getTime() - now),
    latency: (ms: number) => (ms < 1000 ? `${number(ms)} ms` : `${number(ms / 1000, 1)} s`),
  };
}

export function useFormat(siteZone?: string): Format {
  const { language, zone } = usePreferences();
  const shown = zone === "site" ? siteZone : undefined;
  return useMemo(() => formatOf(localeOf(language), shown), [language, shown]);
}

/** The viewer's own kind of a language: en-GB writes other dates than en-US. */
function localeOf(language: string): string {
  return navigator.languages.find((spoken) => spoken.startsWith(language)) ?? language;
}

function fractionDigits(language: string, currency: string): number {
  try {
    const style = { style: "currency", currency } as const;
    return new Intl.NumberFormat(language, style).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

function moneyOf(language: string, amount: number, currency: string, most?: number): string {
  try {
    const shape = { style: "currency", currency: currency.toUpperCase(), maximumFractionDigits: most } as const;
    return new Intl.NumberFormat(language, shape).format(amount);
  } catch {
    return `${amount.toFixed(2)} ${currency}`;
  }
}

/** A station may stand in a zone that this browser does not know. */
function safeZone(zone: string | undefined): string | undefined {
  if (!zone) return undefined;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return zone;
  } catch {
    return undefined;
  }
}

function durationOf(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  if (hours > 0) return `${hours} h ${String(minutes).padStart(2, "0")} min`;
  return minutes > 0 ? `${minutes} min ${String(whole % 60).padStart(2, "0")} s` : `${whole} s`;
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

function agoOf(language: string, ms: number): string {
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
  for (const [unit, size] of steps) if (Math.abs(ms) >= size) return relative.format(Math.trunc(ms / size), unit);
  return relative.format(Math.trunc(ms / 1000), "second");
}
