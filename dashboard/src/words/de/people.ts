import type { Words } from "..";

export const drivers: Words["drivers"] = {
  add: "Fahrer hinzufügen",
  edit: "Bearbeiten",
  remove: "Löschen",
  empty: "Noch kein Fahrer",
  emptyAbout: "Fahrer starten Ladevorgänge mit Ihrer Anwendung oder mit Karten.",
  search: "Name, E-Mail-Adresse oder Telefon",
  active: "Darf laden",
  blocked: "Gesperrt",
  columns: { name: "Name", email: "E-Mail", phone: "Telefon", status: "Darf laden", since: "Seit" },
  fields: { firstname: "Vorname", lastname: "Nachname", email: "E-Mail", phone: "Mobiltelefon", active: "Darf laden" },
  removeAbout:
    "Persönliche Daten werden endgültig gelöscht. Ladevorgänge und Rechnungen bleiben unter einem Pseudonym. Wer gerade lädt, wird nicht gelöscht.",
  removeRadius: (cards) => (cards === "1" ? "1 Karte wird mit gelöscht" : `${cards} Karten werden mit gelöscht`),
  removed: "Der Fahrer ist gelöscht",
  export: "Alles über diesen Fahrer, als JSON",
  cards: "Karten",
  noCards: "Keine Karte",
  noCardsAbout: "Ordnen Sie unter Karten eine zu.",
  sessions: "Neueste Ladevorgänge",
  noSessions: "Noch kein Ladevorgang",
  allSessions: "Alle Ladevorgänge",
};

export const cards: Words["cards"] = {
  tabs: { known: "Karten", unknown: "Unbekannte Karten" },
  add: "Karte hinzufügen",
  empty: "Noch keine Karte",
  emptyAbout:
    "Halten Sie eine Karte an eine Station: Sie erscheint bei den unbekannten, und zwei Klicks geben sie jemandem.",
  noUnknown: "Keine unbekannte Karte",
  noUnknownAbout:
    "Eine Karte, die niemand kennt, wird abgelehnt und erscheint hier, sobald sie an eine Station gehalten wird.",
  unknownAbout: "Wählen Sie, wem die Karte gehört, und sie ist zugeordnet.",
  assign: "Zuordnen zu",
  assignLabel: (card) => `Karte ${card} jemandem zuordnen`,
  assigned: (card, driver) => `Karte ${card} gehört jetzt ${driver}`,
  seen: (count) => (count === "1" ? "einmal gesehen" : `${count}-mal gesehen`),
  columns: {
    card: "Karte",
    type: "Art",
    driver: "Fahrer",
    status: "Status",
    expires: "Läuft ab",
    station: "Zuletzt an",
    last: "Zuletzt gesehen",
  },
  fields: {
    physicalId: "Was die Karte sagt (idTag)",
    type: "Art",
    user: "Fahrer",
    group: "Gruppe",
    groupHint: "Karten einer Gruppe dürfen gegenseitig Ladevorgänge beenden.",
    active: "Darf laden",
    expiresAt: "Läuft ab",
  },
  search: "Ein Teil dessen, was die Karte sagt",
  nobody: "Niemand",
  edit: "Karte bearbeiten",
  remove: "Karte löschen",
  removeAbout: "Die Karte wird von nun an abgelehnt und erscheint als unbekannt.",
};
