import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useMemo } from "react";
import { answer, api, result, type Schemas } from "../api/client";
import { Refusal } from "../api/refusal";

export type Me = Schemas["Me"];

interface Held {
  me: Me;
  may: (scope: string) => boolean;
  signOut: () => Promise<void>;
}

const MeContext = createContext<Held | undefined>(undefined);

export function useMe(): Held {
  const held = use(MeContext);
  if (!held) throw new Error("useMe stands outside of MeProvider");
  return held;
}

/** Null: nobody is signed in. */
export function useWhoAmI() {
  return useQuery({
    queryKey: ["me"],
    queryFn: async (): Promise<Me | null> => {
      try {
        return await result(api.GET("/me"));
      } catch (e) {
        if (e instanceof Refusal && e.status === 401) return null;
        throw e;
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Nothing that another one saw before is shown to who signs in. */
export function enter(queries: QueryClient, me: Me): void {
  forget(queries);
  queries.setQueryData(["me"], me);
}

function forget(queries: QueryClient): void {
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== "me" });
}

export function covers(scopes: readonly string[], scope: string): boolean {
  return scopes.includes("*") || scopes.includes(scope);
}

export function MeProvider({ me, children }: { me: Me; children: ReactNode }) {
  const queries = useQueryClient();
  const held = useMemo(() => {
    const scopes = me.admin?.scopes ?? me.api_key?.scopes ?? [];
    const signOut = async () => {
      await answer(api.POST("/auth/logout"));
      queries.setQueryData(["me"], null);
      forget(queries);
    };
    return { me, may: (scope: string) => covers(scopes, scope), signOut };
  }, [me, queries]);
  return <MeContext value={held}>{children}</MeContext>;
}
