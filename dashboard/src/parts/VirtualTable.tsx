import { Checkbox, Paper, Skeleton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconArrowDown, IconArrowsSort, IconArrowUp } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef } from "react";
import { useNavigate } from "react-router";
import type { Rows } from "../api/pages";
import { useWords } from "../words";
import type { Sorting } from "./useSort";
import classes from "./VirtualTable.module.css";

export interface Column<T> {
  key: string;
  title: string;
  /** A track of the CSS grid. */
  width: string;
  /** On a phone, where it is another one. */
  phoneWidth?: string;
  cell: (row: T) => ReactNode;
  /** The title is for screen readers alone. */
  hidesTitle?: boolean;
  align?: "right";
  /** What the API calls it when it sorts by it. */
  sort?: string;
  /** From which screen on it is shown; everywhere unless said. */
  from?: "tablet" | "desktop" | "wide";
}

interface Props<T> {
  label: string;
  rows: Rows<T>;
  columns: Column<T>[];
  /** The page of a row; the first cell should link to it, too, for the keyboard. */
  to?: (row: T) => string;
  /** In place of a page: what opens a row. */
  onOpen?: (row: T) => void;
  sorting?: Sorting;
  selection?: { chosen: ReadonlySet<string>; toggle: (id: string) => void; label: (row: T) => string };
}

const rowHeight = 44;

/** A table of any length: only the rows on the screen exist, and only their pages are fetched. */
export function VirtualTable<T extends { _id: string }>({
  label,
  rows,
  columns,
  to,
  onOpen,
  sorting,
  ...props
}: Props<T>) {
  const { common } = useWords();
  const navigate = useNavigate();
  const isTablet = useMediaQuery("(min-width: 48em)") ?? true;
  const isDesktop = useMediaQuery("(min-width: 75em)") ?? true;
  const isWide = useMediaQuery("(min-width: 90em)") ?? true;
  // A phone has room for names rather than for boxes to tick.
  const selection = isTablet ? props.selection : undefined;
  const scroller = useRef<HTMLDivElement>(null);
  const count = rows.total ?? 12;
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items[items.length - 1]?.index ?? 0];
  const { show } = rows;
  useEffect(() => show(first, last), [show, first, last]);

  const fits = { tablet: isTablet, desktop: isDesktop, wide: isWide };
  const shown = columns.filter((c) => !c.from || fits[c.from]);
  const template = [selection ? "36px" : "", ...shown.map((c) => (isTablet ? c.width : (c.phoneWidth ?? c.width)))]
    .filter(Boolean)
    .join(" ");

  return (
    <Paper className={classes.frame}>
      <div role="table" aria-label={label} aria-rowcount={(rows.total ?? -1) + 1} className={classes.table}>
        <div role="rowgroup">
          <div role="row" aria-rowindex={1} className={classes.head} style={{ gridTemplateColumns: template }}>
            {selection && (
              <span role="columnheader">
                <span className="hidden-visually">{common.selection}</span>
              </span>
            )}
            {shown.map((c) => (
              <Head key={c.key} column={c} sorting={sorting} />
            ))}
          </div>
        </div>
        <div
          role="rowgroup"
          ref={scroller}
          className={classes.scroller}
          tabIndex={0}
          aria-label={label}
          style={{ flexBasis: virtual.getTotalSize() }}
        >
          <div style={{ height: virtual.getTotalSize(), position: "relative" }}>
            {items.map((item) => {
              const row = rows.row(item.index);
              return (
                <div
                  key={item.key}
                  role="row"
                  aria-rowindex={item.index + 2}
                  className={classes.row}
                  data-clickable={(to || onOpen) && row ? true : undefined}
                  data-chosen={row && selection?.chosen.has(row._id) ? true : undefined}
                  style={{ gridTemplateColumns: template, transform: `translateY(${item.start}px)` }}
                  onClick={(e) => {
                    if (!row || (e.target as HTMLElement).closest("a,button,input,label")) return;
                    if (to) void navigate(to(row));
                    else onOpen?.(row);
                  }}
                >
                  {selection && (
                    <span role="cell">
                      {row && (
                        <Checkbox
                          size="xs"
                          aria-label={selection.label(row)}
                          checked={selection.chosen.has(row._id)}
                          onChange={() => selection.toggle(row._id)}
                        />
                      )}
                    </span>
                  )}
                  {shown.map((c) => (
                    <span key={c.key} role="cell" data-align={c.align} className="truncate">
                      {row ? c.cell(row) : <Skeleton height={10} width="60%" />}
                    </span>
                  ))}
                </div>
              );
            })}
          </div>
        </div>
      </div>
    </Paper>
  );
}

function Head<T>({ column: { title, align, sort, hidesTitle }, sorting }: { column: Column<T>; sorting?: Sorting }) {
  if (!sort || !sorting)
    return (
      <span role="columnheader" data-align={align} className="truncate">
        {hidesTitle ? <span className="hidden-visually">{title}</span> : title}
      </span>
    );
  const { now, toggle } = sorting;
  const order = now.by === sort ? now.order : undefined;
  const Shown = order === "asc" ? IconArrowUp : order === "desc" ? IconArrowDown : IconArrowsSort;
  return (
    <span
      role="columnheader"
      data-align={align}
      aria-sort={order === "asc" ? "ascending" : order === "desc" ? "descending" : "none"}
    >
      <button type="button" className={classes.sort} data-sorted={order} onClick={() => toggle(sort)}>
        <span className="truncate">{title}</span>
        <Shown size={14} aria-hidden />
      </button>
    </span>
  );
}
