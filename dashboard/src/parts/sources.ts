import { answer, api, result, type Schemas } from "../api/client";
import { type Chargestation, type User, userName } from "../api/resources";

interface Query {
  search?: string;
  paginate_limit: number;
}

/** Where things to choose from are found. */
export interface Source<T> {
  kind: string;
  /** Tells apart what is kept of several sources of one kind. */
  name: string;
  find: (query: Query, signal: AbortSignal) => Promise<{ result: T[]; total: number }>;
  one: (id: string, signal: AbortSignal) => Promise<T>;
  label: (thing: T) => string;
}

export const drivers: Source<User> = {
  kind: "users",
  name: "drivers",
  find: (query, signal) =>
    answer(api.GET("/users", { params: { query: { ...query, sort_by: "name", sort_order: "asc" } }, signal })),
  one: (id, signal) => result(api.GET("/users/{id}", { params: { path: { id } }, signal })),
  label: userName,
};

const stationsBy = (name: string, filter: { online?: boolean; active?: boolean }): Source<Chargestation> => ({
  kind: "chargestations",
  name,
  find: (query, signal) =>
    answer(
      api.GET("/chargestations", {
        params: { query: { ...query, ...filter, sort_by: "name", sort_order: "asc" } },
        signal,
      }),
    ),
  one: (id, signal) => result(api.GET("/chargestations/{id}", { params: { path: { id } }, signal })),
  label: (station) => `${station.name} (${station.endpoint})`,
});

export const stations = stationsBy("stations", {});
export const onlineStations = stationsBy("online", { online: true, active: true });

export const cards: Source<Schemas["Token"]> = {
  kind: "tokens",
  name: "cards",
  find: (query, signal) =>
    answer(api.GET("/tokens", { params: { query: { ...query, sort_by: "physicalId", sort_order: "asc" } }, signal })),
  one: (id, signal) => result(api.GET("/tokens/{id}", { params: { path: { id } }, signal })),
  label: (card) => card.physicalId,
};
