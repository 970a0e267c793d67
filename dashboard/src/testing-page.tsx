import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { MemoryRouter } from "react-router";
import { newQueries } from "./api/queries";
import { type Me, MeProvider } from "./shell/me";

export const adminMe: Me = {
  organization: { _id: "o1", name: "Voltgate" },
  admin: { _id: "a1", email: "admin@example.org", role: "Admin", scopes: ["*"] },
};

export const viewerMe: Me = {
  organization: { _id: "o1", name: "Voltgate" },
  admin: {
    _id: "a2",
    email: "viewer@example.org",
    role: "Viewer",
    scopes: ["read:chargestations", "read:sessions", "read:events", "read:users", "read:tokens"],
  },
};

/** Shows something as it stands in the dashboard, in English. */
export function show(content: ReactNode, me: Me = adminMe) {
  const queries = newQueries(() => {});
  queries.setQueryData(["me"], me);
  const shown = render(
    <MantineProvider env="test">
      <QueryClientProvider client={queries}>
        <MemoryRouter>
          <MeProvider me={me}>{content}</MeProvider>
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { ...shown, queries };
}

/** An answer of the API. */
export function said(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } });
}
