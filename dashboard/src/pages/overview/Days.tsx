import { SegmentedControl, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import type { Page } from "../../api/client";
import type { Session } from "../../api/resources";
import { useFormat } from "../../parts/format";
import { Panel } from "../../parts/Panel";
import { Shown } from "../../parts/states";
import { useWords } from "../../words";
import { daysOf, mainCurrency } from "./figures";
import classes from "./Overview.module.css";

export function Days({ ended }: { ended: UseQueryResult<Pick<Page<Session>, "result" | "total">> }) {
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
      <Shown of={ended} lines={7}>
        {({ result, total }) => {
          const currency = mainCurrency(result);
          const days = daysOf(result, currency);
          const most = Math.max(...days.map((day) => day[kind]), 1e-9);
          const wh = days.reduce((sum, day) => sum + day.wh, 0);
          const money = days.reduce((sum, day) => sum + day.money, 0);
          const worded = (value: number) =>
            kind === "wh" ? format.energy(value) : format.money(value, currency ?? "EUR");
          const short = (value: number) => (value === 0 ? "" : format.number(kind === "wh" ? value / 1000 : value));
          return (
            <>
              <Text size="sm" c="dimmed">
                {result.length === 0
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
              {total > result.length && (
                <Text size="xs" c="dimmed" mt="xs">
                  {words.days.cut(format.number(result.length), format.number(total))}
                </Text>
              )}
            </>
          );
        }}
      </Shown>
    </Panel>
  );
}
