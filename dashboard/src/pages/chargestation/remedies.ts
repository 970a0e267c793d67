import { api, result, type Schemas } from "../../api/client";
import type { Chargestation } from "../../api/resources";

export interface Remedy {
  scope: string;
  /** The station is asked and may say no; otherwise it holds at once. */
  isAsked?: boolean;
  /** It is a setting of the whole organisation. */
  isWhole?: boolean;
  /** Tells the password that came of it, if one did. */
  run: () => Promise<string | undefined>;
}

const typeOf = ["none", "basic_auth", "tls_basic", "mtls"] as const;

/** What the dashboard can do about a finding. Undefined: somebody has to go and look. */
export function remedyOf(
  code: string,
  station: Pick<Chargestation, "_id" | "online">,
  posture: Pick<Schemas["Posture"], "connected_by">,
  organization: string,
): Remedy | undefined {
  const path = { params: { path: { id: station._id } } };
  const demand = (security: Schemas["ChargestationChangePatch"]["security"]): Remedy => ({
    scope: "write:chargestations",
    run: async () =>
      (await result(api.PATCH("/chargestations/{id}", { ...path, body: { security } }))).security.password,
  });
  switch (code) {
    case "profile_0":
      return demand({ type: "basic_auth" });
    case "profile_0_allowed":
      return demand({ allow_profile_0: false });
    case "profile_1":
      return demand({ type: "tls_basic" });
    case "profile_below_ability": {
      const type = typeOf[posture.connected_by ?? 0];
      return type && type !== "none" ? demand({ type }) : undefined;
    }
    case "certificate_unseen":
    case "certificate_ends":
      if (!station.online) return undefined;
      return {
        scope: "write:chargestations",
        isAsked: true,
        run: async () => {
          const body = { message: "SignChargePointCertificate" as const };
          await result(api.POST("/chargestations/{id}/trigger", { ...path, body }));
          return undefined;
        },
      };
    case "password_readable":
      return {
        scope: "write:organizations",
        isWhole: true,
        run: async () => {
          const of = { params: { path: { id: organization } } };
          await result(api.PATCH("/organizations/{id}", { ...of, body: { reveal_station_passwords: false } }));
          return undefined;
        },
      };
    default:
      return undefined;
  }
}
