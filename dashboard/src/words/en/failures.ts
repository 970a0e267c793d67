/** What an order or a session failed by, by the API's codes. */
export const failures = {
  start_timeout: "Nobody plugged in in time",
  timeout: "The station did not answer in time",
  chargestation_offline: "The connection broke before the station answered",
  unsupported: "The station does not support this command",
  superseded: "A newer command took its place",
  rejected: "The station refused",
  connector_busy: "The connector is in use",
  connector_unavailable: "The connector cannot be used now",
};
