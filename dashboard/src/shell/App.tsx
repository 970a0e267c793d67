import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { createBrowserRouter, type RouteObject } from "react-router";
import { RouterProvider } from "react-router/dom";
import { LiveProvider } from "../live/Live";
import { inner, pages } from "../pages";
import { ErrorState, Loading } from "../parts/states";
import { Invitation } from "./Invitation";
import { covers, type Me, MeProvider, useWhoAmI } from "./me";
import { Shell } from "./Shell";
import { SignIn } from "./SignIn";
import { Broken, NotAllowed, NotFound } from "./Trouble";

const invitationPath = "/invitation";

export function App() {
  const who = useWhoAmI();
  const queries = useQueryClient();
  const signedOut = useCallback(() => queries.setQueryData(["me"], null), [queries]);
  if (location.pathname === invitationPath) {
    const enter = () => {
      history.replaceState(null, "", "/");
      location.reload();
    };
    return <Invitation token={location.hash.slice(1)} onDone={enter} />;
  }
  if (who.data === null) return <SignIn />;
  if (who.data === undefined)
    return who.error ? <ErrorState error={who.error} again={() => void who.refetch()} /> : <Loading />;
  return (
    <MeProvider me={who.data}>
      <LiveProvider onSignedOut={signedOut}>
        <Pages me={who.data} />
      </LiveProvider>
    </MeProvider>
  );
}

function Pages({ me }: { me: Me }) {
  const router = useMemo(
    () =>
      createBrowserRouter([
        { Component: Shell, ErrorBoundary: Broken, HydrateFallback: Loading, children: routes(me) },
      ]),
    [me],
  );
  return <RouterProvider router={router} />;
}

function routes(me: Me): RouteObject[] {
  const scopes = me.admin?.scopes ?? me.api_key?.scopes ?? [];
  const route = ({
    path,
    scope,
    load,
  }: {
    path: string;
    scope?: string;
    load: (typeof inner)[number]["load"];
  }): RouteObject =>
    scope && !covers(scopes, scope)
      ? { path, Component: NotAllowed }
      : { path, ErrorBoundary: Broken, lazy: async () => ({ Component: (await load()).default }) };
  return [...pages.map(route), ...inner.map(route), { path: "*", Component: NotFound }];
}
