import { IconAlertTriangle, IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { answer, api } from "../../api/client";
import type { Chargestation } from "../../api/resources";
import { useFormat } from "../../parts/format";
import { useWords } from "../../words";
import classes from "./Overview.module.css";

const most = 5;

/** The connectors that say they are faulted; of many the newest, and how many there are. */
export function Faulted({ count }: { count: number | undefined }) {
  const { overview, chargestation } = useWords();
  const format = useFormat();
  const faulted = useQuery({
    queryKey: ["connectors", "some", "faulted"],
    enabled: (count ?? 0) > 0,
    queryFn: ({ signal }) =>
      answer(
        api.GET("/connectors", {
          params: {
            query: { status: "Faulted", include_chargestation: true, sort_by: "updatedAt", paginate_limit: most },
          },
          signal,
        }),
      ),
  });
  if (!count) return null;
  return (
    <>
      {count > most && (
        <p className={classes.line}>
          <IconAlertTriangle size={18} stroke={1.7} aria-hidden />
          <span>{overview.alerts.faulted(format.number(count))}</span>
        </p>
      )}
      {faulted.data?.result.map((connector) => {
        const station = connector.chargestation as unknown as Chargestation | string;
        const said = connector.raw_message as { errorCode?: string; info?: string } | undefined;
        const name = typeof station === "object" ? station.name : station;
        return (
          <Link
            key={connector._id}
            to={`/chargestations/${typeof station === "object" ? station._id : station}`}
            className={classes.line}
          >
            <IconAlertTriangle size={18} stroke={1.7} aria-hidden />
            <span>
              {overview.alerts.faultedOne(name, chargestation.connector(String(connector.connectorId)))}
              <small>{[said?.errorCode, said?.info].filter((part) => part && part !== "NoError").join(", ")}</small>
            </span>
            <IconChevronRight size={16} aria-hidden />
          </Link>
        );
      })}
    </>
  );
}
