import { Group, Select, Stack, Text } from "@mantine/core";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { usePreferences } from "../../parts/preferences";
import { useWords } from "../../words";
import classes from "./WeekGrid.module.css";
import { clock, hours, painted, type Week } from "./week";

interface Props {
  week: Week;
  rates: { id: string; name: string }[];
  defaultRate: string | undefined;
  onPaint?: (week: Week) => void;
}

/** Monday first, as calendars of working weeks are. */
const order = [1, 2, 3, 4, 5, 6, 0];
const nobody = "";

export function WeekGrid({ week, rates, defaultRate, onPaint }: Props) {
  const { rates: all } = useWords();
  const words = all.week;
  const { language } = usePreferences();
  const others = rates.filter((rate) => rate.id !== defaultRate);
  const [brush, setBrush] = useState<string | null>(others[0]?.id ?? nobody);
  const [at, setAt] = useState({ row: 0, hour: 0 });
  const isDrawing = useRef(false);
  const grid = useRef<HTMLDivElement>(null);
  const dayNames = useMemo(() => {
    const name = new Intl.DateTimeFormat(language, { weekday: "short", timeZone: "UTC" });
    return order.map((day) => name.format(new Date(Date.UTC(2024, 0, 7 + day))));
  }, [language]);
  const nameOf = (id: string | null) => rates.find((rate) => rate.id === (id ?? defaultRate))?.name ?? "";
  const colorOf = (id: string | null) => (id === null ? 0 : 1 + (others.findIndex((rate) => rate.id === id) % 6));
  const paint = (row: number, hour: number) => onPaint?.(painted(week, order[row] ?? 0, hour, brush || null));
  const move = (e: KeyboardEvent) => {
    const steps: Record<string, [number, number]> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
    };
    const step = steps[e.key];
    if (step) {
      e.preventDefault();
      const next = {
        row: Math.min(6, Math.max(0, at.row + step[0])),
        hour: Math.min(23, Math.max(0, at.hour + step[1])),
      };
      setAt(next);
      grid.current?.querySelector<HTMLElement>(`[data-at="${next.row} ${next.hour}"]`)?.focus();
      if (e.shiftKey) paint(next.row, next.hour);
    } else if (e.key === " " || e.key === "Enter") {
      e.preventDefault();
      paint(at.row, at.hour);
    }
  };
  return (
    <Stack gap="sm">
      {onPaint && (
        <Select
          label={words.brush}
          w={280}
          allowDeselect={false}
          value={brush}
          data={[
            { value: nobody, label: `${all.fields.default}: ${nameOf(null)}` },
            ...others.map((rate) => ({ value: rate.id, label: rate.name })),
          ]}
          onChange={setBrush}
        />
      )}
      <div className="scroll-x">
        {/* biome-ignore lint/a11y/useSemanticElements: a grid of cells to paint is no table of data */}
        <div
          role="grid"
          aria-label={words.title}
          className={classes.grid}
          ref={grid}
          onKeyDown={move}
          onPointerUp={() => {
            isDrawing.current = false;
          }}
          onPointerLeave={() => {
            isDrawing.current = false;
          }}
        >
          {/* biome-ignore lint/a11y/useSemanticElements: see above */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: its cells take the focus */}
          <div role="row" className={classes.row} aria-hidden>
            <span />
            {hours.map((hour) => (
              <span key={hour} className={classes.hour}>
                {hour % 3 === 0 ? hour : ""}
              </span>
            ))}
          </div>
          {order.map((day, row) => (
            // biome-ignore lint/a11y/useSemanticElements: see above
            // biome-ignore lint/a11y/useFocusableInteractive: its cells take the focus
            <div key={day} role="row" className={classes.row}>
              {/* biome-ignore lint/a11y/useSemanticElements: see above */}
              {/* biome-ignore lint/a11y/useFocusableInteractive: it heads its row */}
              <span role="rowheader" className={classes.day}>
                {dayNames[row]}
              </span>
              {hours.map((hour) => {
                const id = week[day]?.[hour] ?? null;
                return (
                  // biome-ignore lint/a11y/useSemanticElements: see above
                  <span
                    key={hour}
                    role="gridcell"
                    data-at={`${row} ${hour}`}
                    data-color={colorOf(id)}
                    className={classes.cell}
                    tabIndex={at.row === row && at.hour === hour ? 0 : -1}
                    aria-label={words.cell(dayNames[row] ?? "", clock(hour), nameOf(id))}
                    title={`${clock(hour)}, ${nameOf(id)}`}
                    onPointerDown={(e) => {
                      e.currentTarget.releasePointerCapture(e.pointerId);
                      isDrawing.current = true;
                      setAt({ row, hour });
                      paint(row, hour);
                    }}
                    onPointerEnter={() => isDrawing.current && paint(row, hour)}
                  />
                );
              })}
            </div>
          ))}
        </div>
      </div>
      <Group gap="md" aria-label={words.legend}>
        {[null, ...others.filter((rate) => week.flat().includes(rate.id)).map((rate) => rate.id)].map((id) => (
          <Group key={id ?? "default"} gap={6} wrap="nowrap">
            <span className={classes.swatch} data-color={colorOf(id)} />
            <Text size="sm">{nameOf(id)}</Text>
          </Group>
        ))}
      </Group>
    </Stack>
  );
}
