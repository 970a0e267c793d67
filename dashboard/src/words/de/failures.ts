import type { Words } from "..";

export const failures: Words["failures"] = {
  start_timeout: "Niemand steckte rechtzeitig ein",
  timeout: "Die Station antwortete nicht rechtzeitig",
  chargestation_offline: "Die Verbindung brach ab, bevor die Station antwortete",
  unsupported: "Die Station kann diesen Befehl nicht",
  superseded: "Ein neuerer Befehl trat an seine Stelle",
  rejected: "Die Station lehnte ab",
  connector_busy: "Der Anschluss ist belegt",
  connector_unavailable: "Der Anschluss ist jetzt nicht benutzbar",
};
