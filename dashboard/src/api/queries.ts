import { QueryClient } from "@tanstack/react-query";
import { Refusal } from "./refusal";

/** Live events keep what is shown fresh, so nothing is asked again by itself. */
export function newQueries(onSignedOut: () => void): QueryClient {
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5 * 60_000,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: "always",
        retry: (count, e) => e instanceof Refusal && (e.status === 503 || e.status === 0) && count < 2,
        throwOnError: false,
      },
      mutations: { networkMode: "always" },
    },
  });
  queries.getQueryCache().config.onError = (e) => {
    if (e instanceof Refusal && e.status === 401) onSignedOut();
  };
  queries.getMutationCache().config.onError = (e, _variables, _context, mutation) => {
    if (e instanceof Refusal && e.status === 401 && mutation.options.meta?.signsIn !== true) onSignedOut();
  };
  return queries;
}
