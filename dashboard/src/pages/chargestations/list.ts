import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { answer, api } from "../../api/client";
import { type Rows, useRows } from "../../api/pages";
import { type Chargestation, mostRows } from "../../api/resources";

export const filterNames = ["q", "online", "active", "protocol", "location", "is_simulator"] as const;
export type StationFilter = Record<(typeof filterNames)[number], string | undefined>;

/** So many rows come in one answer, and are searched here; the API itself finds whole endpoints only. */
export const searchableUpTo = mostRows;

export interface StationRows extends Rows<Chargestation> {
  isTooMany: boolean;
}

function queryOf(filter: StationFilter) {
  const flag = (value: string | undefined) => (value === undefined ? undefined : value === "true");
  return {
    online: flag(filter.online),
    active: flag(filter.active),
    is_simulator: flag(filter.is_simulator),
    protocol: filter.protocol,
    location: filter.location,
  };
}

export function useStations(filter: StationFilter): StationRows {
  const { q, ...others } = filter;
  const all = useRows("chargestations", others, (page, limit, signal) =>
    answer(
      api.GET("/chargestations", {
        params: { query: { ...queryOf(filter), paginate_page: page, paginate_limit: limit } },
        signal,
      }),
    ),
  );
  const isTooMany = (all.total ?? 0) > searchableUpTo;
  const sought = useQuery({
    queryKey: ["chargestations", "some", others, isTooMany ? q : "all"],
    enabled: q !== undefined && all.total !== undefined,
    queryFn: ({ signal }) =>
      answer(
        api.GET("/chargestations", {
          params: {
            query: { ...queryOf(filter), paginate_limit: searchableUpTo, ...(isTooMany ? { endpoint: q } : {}) },
          },
          signal,
        }),
      ),
  });
  const found = useMemo(
    () => (q && sought.data ? sought.data.result.filter((station) => isTooMany || fits(station, q)) : undefined),
    [q, sought.data, isTooMany],
  );
  if (q === undefined) return { ...all, isTooMany };
  return {
    isTooMany,
    total: found?.length,
    row: (index) => found?.[index],
    show: ignore,
    error: sought.error ?? all.error,
    again: () => void sought.refetch(),
  };
}

const ignore = () => {};

export function fits(station: Chargestation, text: string): boolean {
  const boot = station.bootInfo;
  const told = [
    station._id,
    station.name,
    station.endpoint,
    station.description,
    boot?.chargePointVendor,
    boot?.chargePointModel,
    boot?.chargePointSerialNumber,
    boot?.chargeBoxSerialNumber,
  ];
  const sought = text.toLowerCase().split(/\s+/);
  const said = told.filter(Boolean).join(" ").toLowerCase();
  return sought.every((word) => said.includes(word));
}
