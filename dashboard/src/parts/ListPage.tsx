import { Paper } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Rows } from "../api/pages";
import { useWords } from "../words";
import { useFormat } from "./format";
import { PageHead } from "./PageHead";
import { EmptyState, ErrorState } from "./states";
import type { Sorting } from "./useSort";
import { type Column, VirtualTable } from "./VirtualTable";

interface Props<T> {
  title: string;
  about?: string;
  actions?: ReactNode;
  filters?: ReactNode;
  rows: Rows<T>;
  columns: Column<T>[];
  sorting?: Sorting;
  to?: (row: T) => string;
  onOpen?: (row: T) => void;
  empty: { title: string; about: string; icon: Icon; action?: ReactNode };
  isFiltered?: boolean;
}

/** The page of a list: its head, filters, rows, and what to do while there are none. */
export function ListPage<T extends { _id: string }>(props: Props<T>) {
  const { title, about, actions, filters, rows, columns, to, onOpen, empty, isFiltered, sorting } = props;
  const { common } = useWords();
  const format = useFormat();
  const count = rows.total === undefined ? undefined : common.entries(format.number(rows.total));
  return (
    <>
      <PageHead title={title} about={about ?? count} actions={actions} />
      {filters}
      {rows.error !== null && rows.error !== undefined && <ErrorState error={rows.error} again={rows.again} />}
      {rows.total === 0 && (
        <Paper>
          <EmptyState
            title={isFiltered ? common.nothingFits : empty.title}
            icon={empty.icon}
            action={!isFiltered && empty.action}
          >
            {isFiltered ? common.nothingFitsAbout : empty.about}
          </EmptyState>
        </Paper>
      )}
      {rows.total !== 0 && !rows.error && (
        <VirtualTable label={title} rows={rows} columns={columns} to={to} onOpen={onOpen} sorting={sorting} />
      )}
    </>
  );
}
