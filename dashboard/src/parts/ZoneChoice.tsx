import { useWords } from "../words";
import { FormSegments } from "./FormSegments";
import { usePreferences } from "./preferences";

const zones = ["viewer", "site"] as const;

/** By whose clock times are shown; it holds on every page, as in the account's menu. */
export function ZoneChoice() {
  const { shell } = useWords();
  const { zone, prefer } = usePreferences();
  return (
    <FormSegments
      size="xs"
      label={shell.zone}
      value={zone}
      data={zones.map((one) => ({ value: one, label: shell.shortZones[one] }))}
      onChange={(next) => prefer({ zone: next === "site" ? "site" : "viewer" })}
    />
  );
}
