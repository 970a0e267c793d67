import { answer, api } from "../../api/client";
import { useRows } from "../../api/pages";
import { connectorStatuses } from "../../api/resources";
import { useStale } from "../../live/useReread";
import { type Sort, useSort } from "../../parts/useSort";

export const filterNames = [
  "q",
  "online",
  "active",
  "connector_status",
  "protocol",
  "location",
  "is_simulator",
] as const;
export type StationFilter = Record<(typeof filterNames)[number], string | undefined>;

const sortNames = ["name", "createdAt", "updatedAt"] as const;
const newest: Sort<(typeof sortNames)[number]> = { by: "createdAt", order: "desc" };

const flag = (value: string | undefined) => (value === undefined ? undefined : value === "true");

export function useStations(filter: StationFilter) {
  const { sorting, sorted, key } = useSort(sortNames, newest);
  const query = {
    search: filter.q,
    online: flag(filter.online),
    active: flag(filter.active),
    is_simulator: flag(filter.is_simulator),
    connector_status: connectorStatuses.find((status) => status === filter.connector_status),
    protocol: filter.protocol,
    location: filter.location,
    ...sorted,
  };
  const rows = useRows("chargestations", { ...filter, key }, (page, limit, signal) =>
    answer(
      api.GET("/chargestations", {
        params: { query: { ...query, paginate_page: page, paginate_limit: limit } },
        signal,
      }),
    ),
  );
  // A status moves no list but one that is filtered by it.
  useStale(
    ["chargestations", "list"],
    ({ type }) => filter.connector_status !== undefined && type.startsWith("chargestation.connector_status"),
  );
  return { ...rows, sorting };
}

export type StationRows = ReturnType<typeof useStations>;
