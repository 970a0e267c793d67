import "uplot/dist/uPlot.min.css";
import { useMantineColorScheme } from "@mantine/core";
import { useElementSize, useMergedRef } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import uPlot from "uplot";
import classes from "./Plot.module.css";

export interface Series {
  label: string;
  color: { light: string; dark: string };
  values: (number | null)[];
  format: (value: number) => string;
  /** For the ticks, where fewer digits do. */
  formatTick?: (value: number) => string;
  isDashed?: boolean;
  /** Which scale it stands on; each scale named by an axis is drawn. */
  scale: string;
  range?: [number, number];
  axis?: "left" | "right";
  isFilled?: boolean;
}

interface Props {
  /** Seconds. */
  times: number[];
  series: Series[];
  label: string;
  formatTime: (seconds: number) => string;
  formatAxisTime: (seconds: number) => string;
  height?: number;
  timeLabel: string;
}

const aloneSeconds = 15;

/** Curves over one time axis: dragging zooms, a double click shows all again. */
export function Plot({ times, series, label, formatTime, formatAxisTime, height = 300, timeLabel }: Props) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const frame = useRef<HTMLDivElement>(null);
  const both = useMergedRef(ref, frame);
  const { colorScheme } = useMantineColorScheme();
  const isDark = document.documentElement.getAttribute("data-mantine-color-scheme") === "dark";
  const plot = useRef<uPlot>(undefined);
  const isZoomed = useRef(false);
  const shape = useRef({ series, formatTime, formatAxisTime, timeLabel });
  shape.current = { series, formatTime, formatAxisTime, timeLabel };
  const data = [times, ...series.map((s) => s.values)] as uPlot.AlignedData;
  const newest = useRef(data);
  newest.current = data;
  const isKnown = width > 0;
  const names = series.map((s) => s.label).join("|");

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours and names make another plot; data and size do not
  useEffect(() => {
    const box = frame.current;
    if (!box || !isKnown) return;
    isZoomed.current = false;
    const made = new uPlot(options(shape, isDark, box.clientWidth, height), newest.current, box);
    made.hooks.setSelect = [
      () => {
        isZoomed.current = true;
      },
    ];
    made.over.addEventListener("dblclick", () => {
      isZoomed.current = false;
    });
    plot.current = made;
    return () => made.destroy();
  }, [isKnown, isDark, colorScheme, names, height]);

  useEffect(() => {
    // A zoomed view stays where it is while new reports come in.
    plot.current?.setData(data, !isZoomed.current);
    if (isZoomed.current) plot.current?.redraw();
  });

  useEffect(() => {
    if (width > 0) plot.current?.setSize({ width, height });
  }, [width, height]);

  return <div ref={both} role="img" aria-label={label} className={classes.plot} style={{ minHeight: height }} />;
}

/** Around a report that stands alone the plot would show two days. */
function timesOf(plot: uPlot, min: number | null, max: number | null): [number, number] {
  const [only, ...others] = plot.data[0];
  return only !== undefined && others.length === 0 ? [only - aloneSeconds, only + aloneSeconds] : [min ?? 0, max ?? 1];
}

type Shape = React.RefObject<Pick<Props, "series" | "formatTime" | "formatAxisTime" | "timeLabel">>;

function options(shape: Shape, isDark: boolean, width: number, height: number): uPlot.Options {
  const { series, timeLabel } = shape.current;
  const text = isDark ? "#9aa6aa" : "#556064";
  const grid = isDark ? "#262d30" : "#e9eded";
  const font = "12px system-ui, sans-serif";
  const color = (s: Series) => s.color[isDark ? "dark" : "light"];
  const axis = { stroke: text, font, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } };
  return {
    width,
    height,
    cursor: { points: { size: 7 }, drag: { x: true, y: false } },
    legend: { live: true },
    scales: Object.fromEntries([
      ["x", { time: true, range: (plot, min, max) => timesOf(plot, min, max) }],
      ...series.map((s): [string, uPlot.Scale] => [
        s.scale,
        { range: s.range ?? ((_plot, _min, max) => [0, Math.max(1, (max ?? 1) * 1.08)]) },
      ]),
    ]),
    axes: [
      {
        ...axis,
        space: 70,
        values: (_plot, ticks, _axis, _space, step) =>
          ticks.map((t) => (step < 60 ? shape.current.formatTime(t) : shape.current.formatAxisTime(t))),
      },
      ...series
        .filter((s) => s.axis)
        .map((s) => ({
          ...axis,
          scale: s.scale,
          side: (s.axis === "left" ? 3 : 1) as uPlot.Axis.Side,
          size: 76,
          grid: s.axis === "left" ? axis.grid : { show: false },
          values: (_plot: uPlot, ticks: number[]) => ticks.map(s.formatTick ?? s.format),
        })),
    ],
    series: [
      { label: timeLabel, value: (_plot, t) => (t === null ? "–" : shape.current.formatTime(t)) },
      ...series.map((s, i) => ({
        label: s.label,
        scale: s.scale,
        stroke: color(s),
        width: 2,
        dash: s.isDashed ? [6, 5] : undefined,
        fill: s.isFilled ? `${color(s)}22` : undefined,
        points: { show: (plot: uPlot) => plot.data[0].length < 3, size: 6 },
        spanGaps: true,
        value: (_plot: uPlot, v: number | null) =>
          v === null || v === undefined ? "–" : (shape.current.series[i]?.format(v) ?? ""),
      })),
    ],
  };
}
