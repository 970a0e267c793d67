import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import { mostRows } from "../../api/resources";
import type { Rate } from "./RateForm";

/** Rates that are no schedules: of these a schedule is painted. */
export function useFlatRates(): Rate[] {
  const { data } = useQuery({
    queryKey: ["rates", "some", "flat"],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/rates", { params: { query: { schedule: false, active: true, paginate_limit: mostRows } }, signal }),
      ),
  });
  return data?.result ?? [];
}
