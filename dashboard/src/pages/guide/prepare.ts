import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, result } from "../../api/client";
import type { Chargestation } from "../../api/resources";
import type { Words } from "../../words";

/** The newest simulated station, and what is needed to charge at it. */
export function useSimulated() {
  const newest = useQuery({
    queryKey: ["chargestations", "some", "simulated"],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/chargestations", {
          params: { query: { is_simulator: true, active: true, paginate_limit: 1 } },
          signal,
        }),
      ),
  });
  return newest;
}

/** Makes what the guide needs; the password is known only here and now. */
export function usePrepare(words: Words["guide"], mayPrice: boolean) {
  const queries = useQueryClient();
  const [password, setPassword] = useState<string>();
  const preparing = useMutation({
    mutationFn: async (): Promise<Chargestation> => {
      const rate = mayPrice ? await newRate(words.rateName) : undefined;
      await result(api.POST("/users", { body: { firstname: words.driverFirst, lastname: words.driverLast } }));
      return result(
        api.POST("/chargestations", {
          body: {
            name: words.stationName,
            is_simulator: true,
            connectors: [
              { connectorId: 1, type: "CCS2", format: "CABLE", power_type: "DC", power: 150, rate: rate?._id },
            ],
          },
        }),
      );
    },
    onSuccess: (station) => {
      setPassword(station.security.password);
      void queries.invalidateQueries();
    },
  });
  return { preparing, password };
}

export function simulateCommand(station: Chargestation, password: string | undefined, place: string): string {
  const proof = station.security.type === "none" ? "" : ` --password ${password ?? `"<${place}>"`}`;
  return `voltgate simulate --connectors 1 --power dc150 --sample 2 --url ${station.connection_url}${proof}`;
}

function newRate(name: string) {
  const body = { name, currency: "EUR", price_components: [{ type: "ENERGY" as const, price: 0.45, tax: 19 }] };
  return result(api.POST("/rates", { body }));
}
