import { useQuery } from "@tanstack/react-query";
import { answer, api, result, type Schemas } from "./client";

/** Most that one answer of a list may carry. */
export const mostRows = 1000;

export type Chargestation = Schemas["Chargestation"];
export type Connector = Chargestation["connectors"][number];
export const connectorStatuses = [
  "Available",
  "Preparing",
  "Charging",
  "Occupied",
  "SuspendedEV",
  "SuspendedEVSE",
  "Finishing",
  "Reserved",
  "Unavailable",
  "Faulted",
] as const;
export type Session = Schemas["Session"];
export type Action = Schemas["Action"];
export type Location = Schemas["Location"];
export type User = Schemas["User"];

export function useLocations() {
  return useQuery({
    queryKey: ["locations", "some", "all"],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/locations", {
          params: { query: { paginate_limit: mostRows, sort_by: "name", sort_order: "asc" } },
          signal,
        }),
      ),
  });
}

/** The name of a location, once it is known. */
export function useLocationNames(): (id: string | undefined) => string | undefined {
  const { data } = useLocations();
  return (id) => data?.result.find((location) => location._id === id)?.name;
}

export function userName(user: Pick<User, "firstname" | "lastname" | "email" | "_id">): string {
  return [user.firstname, user.lastname].filter(Boolean).join(" ") || user.email || user._id;
}

export function useChargestation(id: string | undefined) {
  return useQuery({
    queryKey: ["chargestations", "one", id],
    enabled: Boolean(id),
    queryFn: ({ signal }) => result(api.GET("/chargestations/{id}", { params: { path: { id: id ?? "" } }, signal })),
  });
}
