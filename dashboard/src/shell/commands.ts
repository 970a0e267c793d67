import { useMantineColorScheme } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { answer, api } from "../api/client";
import { pages } from "../pages";
import { usePreferences } from "../parts/preferences";
import { languages, useWords } from "../words";
import { useMe } from "./me";

export interface Command {
  key: string;
  group: "pages" | "actions" | "found";
  label: string;
  run: () => void;
}

const idPattern = /^[0-9a-f]{24}$/;

/**
 * What the palette offers for a text: pages and actions of the role, at once, and what the API finds by its exact name,
 * when the writer pauses.
 */
export function useCommands(text: string, settled: string): Command[] {
  const { shell } = useWords();
  const { may, signOut } = useMe();
  const { prefer } = usePreferences();
  const { setColorScheme } = useMantineColorScheme();
  const navigate = useNavigate();
  const go = (to: string) => () => void navigate(to);
  const sought = text.trim();
  const found = useFound(settled.trim());

  const actions: (Command | false)[] = [
    may("write:chargestations") && {
      key: "new",
      group: "actions",
      label: shell.palette.newStation,
      run: go("/chargestations?new=1"),
    },
    may("write:sessions") && {
      key: "start",
      group: "actions",
      label: shell.palette.startSession,
      run: go("/sessions?start=1"),
    },
    ...(["light", "dark", "auto"] as const).map(
      (scheme): Command => ({
        key: scheme,
        group: "actions",
        label: `${shell.appearance}: ${shell.schemes[scheme]}`,
        run: () => setColorScheme(scheme),
      }),
    ),
    ...Object.entries(languages).map(
      ([code, name]): Command => ({
        key: code,
        group: "actions",
        label: `${shell.language}: ${name}`,
        run: () => prefer({ language: code as keyof typeof languages }),
      }),
    ),
    ...(["viewer", "site"] as const).map(
      (zone): Command => ({
        key: zone,
        group: "actions",
        label: `${shell.zone}: ${shell.zones[zone]}`,
        run: () => prefer({ zone }),
      }),
    ),
    { key: "out", group: "actions", label: shell.signOut, run: () => void signOut() },
  ];
  const offered: Command[] = [
    ...pages
      .filter((page) => !page.scope || may(page.scope))
      .map((page): Command => ({ key: page.name, group: "pages", label: shell.pages[page.name], run: go(page.path) })),
    ...actions.filter((action) => action !== false),
  ];
  const fits = offered.filter(({ label }) => label.toLowerCase().includes(sought.toLowerCase()));
  return [
    ...found.map(
      ({ kind, id, name }): Command => ({
        key: id,
        group: "found",
        label: kind === "sessions" ? shell.palette.openSession(id) : shell.palette.openStation(name),
        run: go(`/${kind}/${id}`),
      }),
    ),
    ...fits,
  ];
}

interface Found {
  kind: "chargestations" | "sessions";
  id: string;
  name: string;
}

function useFound(sought: string): Found[] {
  const isWorthAsking = sought.length >= 3 && /^\S+$/.test(sought);
  const asked = useQuery({
    queryKey: ["found", sought],
    enabled: isWorthAsking,
    queryFn: async ({ signal }): Promise<Found[]> => {
      if (idPattern.test(sought)) {
        const path = { params: { path: { id: sought } }, signal };
        const [station, session] = await Promise.allSettled([
          answer(api.GET("/chargestations/{id}", path)),
          answer(api.GET("/sessions/{id}", path)),
        ]);
        return [
          ...(station.status === "fulfilled" ? [stationOf(station.value.result)] : []),
          ...(session.status === "fulfilled" ? [{ kind: "sessions" as const, id: sought, name: sought }] : []),
        ];
      }
      const page = await answer(api.GET("/chargestations", { params: { query: { endpoint: sought } }, signal }));
      return page.result.map(stationOf);
    },
  });
  return asked.data ?? [];
}

const stationOf = (station: { _id: string; name: string }): Found => ({
  kind: "chargestations",
  id: station._id,
  name: station.name,
});
