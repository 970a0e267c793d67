import { Button } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { Children, type ReactNode, useState } from "react";
import { useWords } from "../words";

interface Props {
  search?: ReactNode;
  children?: ReactNode;
  isFiltered: boolean;
  onClear: () => void;
}

/** The filters above a list; on a phone they hide behind a button. */
export function FilterBar({ search, children, isFiltered, onClear }: Props) {
  const { common } = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <search className="filters" data-open={isOpen}>
      {search && (
        <div data-search style={{ maxWidth: 300, flex: "1 1 200px" }}>
          {search}
        </div>
      )}
      <Button
        className="filters-toggle"
        size="xs"
        variant="default"
        aria-expanded={isOpen}
        leftSection={<IconFilter size={14} />}
        onClick={() => setOpen(!isOpen)}
      >
        {common.filter}
      </Button>
      {Children.map(children, (child) => child && <div data-filter>{child}</div>)}
      {isFiltered && (
        <Button size="xs" variant="subtle" color="gray" onClick={onClear}>
          {common.clearFilters}
        </Button>
      )}
    </search>
  );
}
