import { Tooltip } from "@mantine/core";
import type { Connector } from "../api/resources";
import { useWords } from "../words";
import classes from "./ConnectorDots.module.css";

const most = 6;

/** The connectors of a station in one line: each a dot whose shape and colour tell its status. */
export function ConnectorDots({ of }: { of: Connector[] }) {
  const { chargestations: words, status } = useWords();
  const names = status as Record<string, string>;
  const told = of.map((c) => words.connector(String(c.connectorId), names[c.status ?? "unknown"] ?? c.status ?? ""));
  if (of.length === 0) return null;
  return (
    <Tooltip label={told.join("\n")} multiline style={{ whiteSpace: "pre-line" }}>
      <span className={classes.dots} role="img" aria-label={told.join(", ")}>
        {of.slice(0, most).map((c) => (
          <span key={c._id} className={classes.dot} data-status={c.active ? c.status : "Unavailable"} />
        ))}
        {of.length > most && <span className={classes.more}>+{of.length - most}</span>}
      </span>
    </Tooltip>
  );
}
