import { Group, Select, Stack, Text } from "@mantine/core";
import { type KeyboardEvent, useRef, useState } from "react";
import { FormSegments } from "../../parts/FormSegments";
import { useWords } from "../../words";
import { useDayNames, weekOrder } from "./dayNames";
import classes from "./WeekGrid.module.css";
import { clock, dayMinutes, painted, type Run, runsOf, type Step, stepOf, steps, type Week } from "./week";

interface Props {
  week: Week;
  rates: { id: string; name: string }[];
  defaultRate: string | undefined;
  onPaint?: (week: Week) => void;
}

const nobody = "";

export function WeekGrid({ week, rates, defaultRate, onPaint }: Props) {
  const { rates: all } = useWords();
  const words = all.week;
  const others = rates.filter((rate) => rate.id !== defaultRate);
  const [brush, setBrush] = useState<string | null>(others[0]?.id ?? nobody);
  const [step, setStep] = useState<Step>(() => stepOf(week));
  const [at, setAt] = useState({ row: 0, from: 0 });
  const isDrawing = useRef(false);
  const grid = useRef<HTMLDivElement>(null);
  const dayNames = useDayNames();
  const cells = Array.from({ length: dayMinutes / step }, (_, i) => i * step);
  const nameOf = (id: string | null) => rates.find((rate) => rate.id === (id ?? defaultRate))?.name ?? "";
  const colorOf = (id: string | null) => (id === null ? 0 : 1 + (others.findIndex((rate) => rate.id === id) % 6));
  const paint = (row: number, from: number) =>
    onPaint?.(painted(week, weekOrder[row] ?? 0, from, from + step, brush || null));
  const told = (runs: Run[]) =>
    runs.length === 1
      ? nameOf(runs[0]?.rate ?? null)
      : runs.map(({ from, to, rate }) => `${clock(from)}–${clock(to)} ${nameOf(rate)}`).join(", ");
  const move = (e: KeyboardEvent) => {
    const ways: Record<string, [number, number]> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -step],
      ArrowRight: [0, step],
    };
    const way = ways[e.key];
    if (way) {
      e.preventDefault();
      const next = {
        row: Math.min(6, Math.max(0, at.row + way[0])),
        from: Math.min(dayMinutes - step, Math.max(0, at.from + way[1])),
      };
      setAt(next);
      grid.current?.querySelector<HTMLElement>(`[data-at="${next.row} ${next.from}"]`)?.focus();
      if (e.shiftKey) paint(next.row, next.from);
    } else if (e.key === " " || e.key === "Enter") {
      e.preventDefault();
      paint(at.row, at.from);
    }
  };
  return (
    <Stack gap="sm">
      <Group align="flex-end" gap="md">
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
        <FormSegments
          label={words.step}
          value={String(step)}
          data={steps.map((one) => ({ value: String(one), label: words.minutes(String(one)) }))}
          onChange={(next) => {
            const fresh = steps.find((one) => String(one) === next) ?? 60;
            setStep(fresh);
            setAt((now) => ({ ...now, from: now.from - (now.from % fresh) }));
          }}
        />
      </Group>
      <div className="scroll-x">
        {/* biome-ignore lint/a11y/useSemanticElements: a grid of cells to paint is no table of data */}
        <div
          role="grid"
          aria-label={words.title}
          className={classes.grid}
          data-step={step}
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
            {cells.map((from) => (
              <span key={from} className={classes.hour}>
                {from % 180 === 0 ? from / 60 : ""}
              </span>
            ))}
          </div>
          {weekOrder.map((day, row) => (
            // biome-ignore lint/a11y/useSemanticElements: see above
            // biome-ignore lint/a11y/useFocusableInteractive: its cells take the focus
            <div key={day} role="row" className={classes.row}>
              {/* biome-ignore lint/a11y/useSemanticElements: see above */}
              {/* biome-ignore lint/a11y/useFocusableInteractive: it heads its row */}
              <span role="rowheader" className={classes.day}>
                {dayNames[row]}
              </span>
              {cells.map((from) => {
                const runs = runsOf(week[day] ?? [], from, from + step);
                return (
                  // biome-ignore lint/a11y/useSemanticElements: see above
                  <span
                    key={from}
                    role="gridcell"
                    data-at={`${row} ${from}`}
                    data-color={runs.length === 1 ? colorOf(runs[0]?.rate ?? null) : undefined}
                    className={classes.cell}
                    tabIndex={at.row === row && at.from === from ? 0 : -1}
                    aria-label={words.cell(dayNames[row] ?? "", clock(from), told(runs))}
                    title={`${clock(from)}, ${told(runs)}`}
                    onPointerDown={(e) => {
                      e.currentTarget.releasePointerCapture(e.pointerId);
                      isDrawing.current = true;
                      setAt({ row, from });
                      paint(row, from);
                    }}
                    onPointerEnter={() => isDrawing.current && paint(row, from)}
                  >
                    {runs.length > 1 &&
                      runs.map((run) => (
                        <span
                          key={run.from}
                          className={classes.part}
                          data-color={colorOf(run.rate)}
                          style={{ flexGrow: run.to - run.from }}
                        />
                      ))}
                  </span>
                );
              })}
            </div>
          ))}
        </div>
      </div>
      <Group gap="md" aria-label={words.legend}>
        {[null, ...others.filter((rate) => week.some((line) => line.includes(rate.id))).map((rate) => rate.id)].map(
          (id) => (
            <Group key={id ?? "default"} gap={6} wrap="nowrap">
              <span className={classes.swatch} data-color={colorOf(id)} />
              <Text size="sm">{nameOf(id)}</Text>
            </Group>
          ),
        )}
      </Group>
    </Stack>
  );
}
