import type { Words } from "..";

export const overview: Words["overview"] = {
  tiles: {
    stations: "Ladestationen",
    charging: "Anschlüsse in Gebrauch",
    free: "Anschlüsse frei",
    sessions: "Laufende Ladevorgänge",
    power: "Leistung jetzt",
    faulted: "Anschlüsse gestört",
  },
  ofTotal: (total) => `von ${total}`,
  ofOnline: (total) => `von ${total} online`,
  days: {
    title: "Die letzten 14 Tage",
    energy: "Energie",
    revenue: "Umsatz",
    none: "In diesen Tagen endete kein Ladevorgang.",
    sum: (energy, money) => `${energy}, ${money} insgesamt`,
    sumPlain: (energy) => `${energy} insgesamt`,
    one: (day, value) => `${day}: ${value}`,
  },
  running: {
    title: "Laufende Ladevorgänge",
    none: "Niemand lädt",
    noneAbout: "Ein Ladevorgang erscheint hier, sobald er beginnt.",
  },
  alerts: {
    title: "Braucht Sie",
    none: "Nichts braucht Sie",
    noneAbout:
      "Störungen, verlorene Verbindungen, unbekannte Stationen und Karten und kaputte Webhooks erscheinen hier.",
    faulted: (count) => (count === "1" ? "1 Anschluss ist gestört" : `${count} Anschlüsse sind gestört`),
    faultedOne: (station, connector) => `${station}, ${connector} ist gestört`,
    offline: (count) =>
      count === "1"
        ? "1 genutzte Ladestation ist nicht verbunden"
        : `${count} genutzte Ladestationen sind nicht verbunden`,
    unknown: (count) =>
      count === "1"
        ? "1 unbekannte Karte wurde an eine Station gehalten"
        : `${count} unbekannte Karten wurden an eine Station gehalten`,
    unknownStations: (count) =>
      count === "1" ? "1 unbekannte Station wartet auf Aufnahme" : `${count} unbekannte Stationen warten auf Aufnahme`,
    webhooks: (count) => (count === "1" ? "1 Webhook ist abgeschaltet" : `${count} Webhooks sind abgeschaltet`),
    security: (count) =>
      count === "1" ? "1 Sicherheitsereignis in sieben Tagen" : `${count} Sicherheitsereignisse in sieben Tagen`,
  },
  map: {
    title: "Karte",
    none: "Noch hat kein Standort Koordinaten",
    noneAbout: "Geben Sie Ihren Standorten Koordinaten, dann erscheinen sie hier.",
    unsupported: "Dieser Browser zeichnet keine Karte: Sie braucht WebGL.",
    label: (count) => `Karte mit ${count} Standorten`,
    stations: "Seine Ladestationen",
    zoomIn: "Näher heran",
    zoomOut: "Weiter weg",
    scrollHint: "Mit Strg und dem Mausrad zoomen",
    fingersHint: "Die Karte mit zwei Fingern bewegen",
  },
  welcome: {
    title: "Willkommen bei Voltgate",
    about: "Noch gibt es keine Ladestation. In zwei Minuten lädt eine simulierte.",
    go: "Erste Schritte zeigen",
  },
};
