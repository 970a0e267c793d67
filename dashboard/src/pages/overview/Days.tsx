import { SegmentedControl, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import type { Schemas } from "../../api/client";
import { useFormat } from "../../parts/format";
import { Panel } from "../../parts/Panel";
import { Shown } from "../../parts/states";
import { useWords } from "../../words";
import { mainCurrency, revenueOf } from "./network";
import classes from "./Overview.module.css";

export function Days({ days: read }: { days: UseQueryResult<Schemas["Days"]> }) {
  const { overview: words } = useWords();
  const format = useFormat();
  const [kind, setKind] = useState<"wh" | "money">("wh");
  return (
    <Panel
      title={words.days.title}
      actions={
        <SegmentedControl
          size="xs"
          value={kind}
          onChange={(next) => setKind(next === "money" ? "money" : "wh")}
          data={[
            { value: "wh", label: words.days.energy },
            { value: "money", label: words.days.revenue },
          ]}
        />
      }
    >
      <Shown of={read} lines={7}>
        {(sums) => {
          const currency = mainCurrency(sums.days);
          const days = sums.days.map((day) => ({ ...day, wh: day.energy, money: revenueOf(day, currency) }));
          const most = Math.max(...days.map((day) => day[kind]), 1e-9);
          const wh = days.reduce((sum, day) => sum + day.wh, 0);
          const money = days.reduce((sum, day) => sum + day.money, 0);
          const worded = (value: number) =>
            kind === "wh" ? format.energy(value) : format.money(value, currency ?? "EUR");
          const short = (value: number) => (value === 0 ? "" : format.number(kind === "wh" ? value / 1000 : value));
          return (
            <>
              <Text size="sm" c="dimmed">
                {days.every((day) => day.sessions === 0)
                  ? words.days.none
                  : currency
                    ? words.days.sum(format.energy(wh), format.money(money, currency))
                    : words.days.sumPlain(format.energy(wh))}
              </Text>
              <ol className={classes.bars}>
                {days.map((day) => (
                  <li key={day.day} title={words.days.one(format.day(`${day.day}T12:00`), worded(day[kind]))}>
                    <span className={classes.value} aria-hidden>
                      {short(day[kind])}
                    </span>
                    <span
                      className={classes.bar}
                      data-kind={kind}
                      style={{ height: `${(day[kind] / most) * 74}%` }}
                      aria-hidden
                    />
                    <span className={classes.day} aria-hidden>
                      {format.shortDay(`${day.day}T12:00`)}
                    </span>
                    <span className="hidden-visually">
                      {words.days.one(format.day(`${day.day}T12:00`), worded(day[kind]))}
                    </span>
                  </li>
                ))}
              </ol>
            </>
          );
        }}
      </Shown>
    </Panel>
  );
}
