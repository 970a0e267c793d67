export const overview = {
  tiles: {
    stations: "Chargestations",
    charging: "Connectors in use",
    free: "Connectors free",
    sessions: "Running sessions",
    power: "Power now",
    faulted: "Connectors faulted",
  },
  ofTotal: (total: string) => `of ${total}`,
  ofOnline: (total: string) => `of ${total} online`,
  days: {
    title: "The last 14 days",
    energy: "Energy",
    revenue: "Revenue",
    none: "No session ended in these days.",
    sum: (energy: string, money: string) => `${energy}, ${money} in all`,
    sumPlain: (energy: string) => `${energy} in all`,
    one: (day: string, value: string) => `${day}: ${value}`,
  },
  running: {
    title: "Running sessions",
    none: "Nobody is charging",
    noneAbout: "A session appears here the moment it begins.",
  },
  alerts: {
    title: "Needs you",
    none: "Nothing needs you",
    noneAbout: "Faults, lost connections, unknown stations and cards, and broken webhooks appear here.",
    faulted: (count: string) => (count === "1" ? "1 connector is faulted" : `${count} connectors are faulted`),
    faultedOne: (station: string, connector: string) => `${station}, ${connector} is faulted`,
    offline: (count: string) =>
      count === "1" ? "1 chargestation in use is not connected" : `${count} chargestations in use are not connected`,
    unknown: (count: string) =>
      count === "1" ? "1 unknown card was held to a station" : `${count} unknown cards were held to a station`,
    unknownStations: (count: string) =>
      count === "1" ? "1 unknown station waits to be adopted" : `${count} unknown stations wait to be adopted`,
    webhooks: (count: string) => (count === "1" ? "1 webhook is switched off" : `${count} webhooks are switched off`),
    security: (count: string) =>
      count === "1" ? "1 security event in seven days" : `${count} security events in seven days`,
  },
  map: {
    title: "Map",
    none: "No location has coordinates yet",
    noneAbout: "Give your locations coordinates, and they appear here.",
    unsupported: "This browser draws no map: it needs WebGL.",
    label: (count: string) => `Map with ${count} locations`,
    stations: "Its chargestations",
    zoomIn: "Zoom in",
    zoomOut: "Zoom out",
    scrollHint: "Use Ctrl and the wheel to zoom the map",
    fingersHint: "Use two fingers to move the map",
  },
  welcome: {
    title: "Welcome to Voltgate",
    about: "There is no chargestation yet. In two minutes a simulated one charges.",
    go: "Show the first steps",
  },
};
