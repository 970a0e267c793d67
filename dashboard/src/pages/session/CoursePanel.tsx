import { Button, Table } from "@mantine/core";
import { IconChartLine } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { type Format, useFormat } from "../../parts/format";
import { Panel } from "../../parts/Panel";
import { Plot, type Series } from "../../parts/Plot";
import { EmptyState, Shown } from "../../parts/states";
import { useWords, type Words } from "../../words";
import type { ExpandedSession } from "../sessions/expanded";
import { type Course, courseOf, useCourse } from "./course";

export function CoursePanel({ session }: { session: ExpandedSession }) {
  const { session: words } = useWords();
  const format = useFormat(session.metrics.timezone);
  const [isTable, setTable] = useState(false);
  const { reports, costs } = useCourse(session._id);
  const course = useMemo(
    () => courseOf(reports.data ?? [], costs.data ?? [], session.metrics.meterStart),
    [reports.data, costs.data, session.metrics.meterStart],
  );
  const series = seriesOf(course, session.cost?.currency ?? "EUR", format, words);
  const isEmpty = course.times.length === 0;
  return (
    <Panel
      title={words.plot}
      about={isTable || isEmpty ? undefined : words.plotAbout}
      actions={
        !isEmpty && (
          <Button size="compact-xs" variant="subtle" onClick={() => setTable(!isTable)}>
            {isTable ? words.asPlot : words.asTable}
          </Button>
        )
      }
    >
      <Shown of={reports}>
        {() => {
          if (isEmpty)
            return (
              <EmptyState title={words.plotEmpty} icon={IconChartLine}>
                {words.plotEmptyAbout}
              </EmptyState>
            );
          if (isTable) return <CourseTable course={course} series={series} format={format} />;
          return (
            <Plot
              times={course.times}
              series={series}
              label={`${words.plot}: ${series.map((s) => `${s.label} ${lastOf(s)}`).join(", ")}`}
              timeLabel={words.series.at}
              formatTime={(t) => format.time(t * 1000)}
              formatAxisTime={(t) => format.clock(t * 1000)}
            />
          );
        }}
      </Shown>
    </Panel>
  );
}

/** Curves of which nothing is known are left out. */
function seriesOf(course: Course, currency: string, format: Format, words: Words["session"]): Series[] {
  const all: Series[] = [
    {
      label: words.series.power,
      scale: "kW",
      axis: "left",
      isFilled: true,
      values: course.power,
      color: { light: "#1c7ed6", dark: "#4dabf7" },
      format: (v) => format.power(v),
    },
    {
      label: words.series.energy,
      scale: "kWh",
      axis: "right",
      values: course.energy,
      color: { light: "#0c7a6b", dark: "#3cb39d" },
      format: (v) => format.energy(v * 1000),
      formatTick: (v) => `${format.number(v, 1)} kWh`,
    },
    {
      label: words.series.soc,
      scale: "%",
      range: [0, 100],
      values: course.soc,
      color: { light: "#e67700", dark: "#ffa94d" },
      format: (v) => format.percent(v),
    },
    {
      label: words.series.cost,
      scale: "cost",
      values: course.cost,
      color: { light: "#9c36b5", dark: "#da77f2" },
      format: (v) => format.money(v, currency),
      isDashed: true,
    },
  ];
  return all.filter(({ values }) => values.some((value) => value !== null));
}

function lastOf({ values, format }: Series): string {
  const last = values.findLast((value) => value !== null);
  return last === undefined || last === null ? "" : format(last);
}

function CourseTable({ course, series, format }: { course: Course; series: Series[]; format: Format }) {
  const { session: words } = useWords();
  return (
    <div style={{ maxHeight: 340, overflow: "auto" }}>
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.series.at}</Table.Th>
            {series.map((s) => (
              <Table.Th key={s.label} ta="right">
                {s.label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody className="tabular">
          {course.times.map((time, i) => (
            <Table.Tr key={time}>
              <Table.Td>{format.time(time * 1000)}</Table.Td>
              {series.map((s) => {
                const value = s.values[i];
                return (
                  <Table.Td key={s.label} ta="right">
                    {value === null || value === undefined ? "" : s.format(value)}
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
