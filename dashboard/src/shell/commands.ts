import { useMantineColorScheme } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { answer, api } from "../api/client";
import { userName } from "../api/resources";
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
 * What the palette offers for a text: pages and actions of the role, at once, and below them what the API finds when
 * the writer pauses, so that nothing moves away from under the choice.
 */
export function useCommands(text: string, settled: string): Command[] {
  const { shell } = useWords();
  const { may, signOut } = useMe();
  const { prefer } = usePreferences();
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
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
    ...fits,
    ...found.map(
      (one): Command => ({
        key: one.id,
        group: "found",
        label: shell.palette.openOf[one.kind](one.name),
        run: go(pathOf(one)),
      }),
    ),
  ];
}

interface Found {
  kind: "chargestations" | "sessions" | "drivers" | "cards" | "locations";
  id: string;
  name: string;
}

/** So many of each kind; more words find fewer. */
const most = 5;

const pathOf = ({ kind, id, name }: Found): string =>
  kind === "cards" ? `/cards?q=${encodeURIComponent(name)}` : `/${kind}/${id}`;

function useFound(sought: string): Found[] {
  const { may } = useMe();
  const asked = useQuery({
    queryKey: ["found", sought],
    enabled: sought.length >= 2,
    queryFn: async ({ signal }): Promise<Found[]> => {
      const query = { search: sought, paginate_limit: most };
      const searches: (Promise<Found[]> | false)[] = [
        idPattern.test(sought) && sessionOf(sought, signal),
        may("read:chargestations") &&
          answer(api.GET("/chargestations", { params: { query }, signal })).then((page) =>
            page.result.map(({ _id, name }) => ({ kind: "chargestations", id: _id, name })),
          ),
        may("read:users") &&
          answer(api.GET("/users", { params: { query }, signal })).then((page) =>
            page.result.map((user) => ({ kind: "drivers", id: user._id, name: userName(user) })),
          ),
        may("read:tokens") &&
          answer(api.GET("/tokens", { params: { query }, signal })).then((page) =>
            page.result.map(({ _id, physicalId }) => ({ kind: "cards", id: _id, name: physicalId })),
          ),
        may("read:locations") &&
          answer(api.GET("/locations", { params: { query }, signal })).then((page) =>
            page.result.map(({ _id, name }) => ({ kind: "locations", id: _id, name })),
          ),
      ];
      // One kind that fails hides no other.
      const found = await Promise.allSettled(searches.filter((search) => search !== false));
      return found.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
    },
  });
  return asked.data ?? [];
}

async function sessionOf(id: string, signal: AbortSignal): Promise<Found[]> {
  await answer(api.GET("/sessions/{id}", { params: { path: { id } }, signal }));
  return [{ kind: "sessions", id, name: id }];
}
