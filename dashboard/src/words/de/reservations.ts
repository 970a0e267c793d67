import type { Words } from "..";

export const reservations: Words["reservations"] = {
  add: "Anschluss reservieren",
  empty: "Noch keine Reservierung",
  emptyAbout:
    "Eine Reservierung hält einen Anschluss für eine Person oder Karte frei, höchstens 24 Stunden. Andere werden dort abgelehnt.",
  columns: {
    who: "Für",
    station: "Ladestation",
    connector: "Anschluss",
    status: "Status",
    until: "Bis",
    made: "Angelegt",
  },
  anyConnector: "Irgendein Anschluss",
  driver: "Fahrer",
  card: "Karte",
  station: "Ladestation",
  form: {
    about:
      "Die Station wird gebeten, den Platz freizuhalten. Antwortet sie nicht binnen 60 s, ist die Reservierung abgelehnt.",
    connector: "Anschluss",
    anyHint: "Irgendein Anschluss: wo die Station das kann.",
    kind: "Für",
    kinds: { user: "Fahrer", token: "Karte" },
    cardHint: "Karten derselben Gruppe dürfen auch laden.",
    until: "Freigehalten bis",
    untilHint: "Höchstens 24 Stunden ab jetzt.",
    submit: "Reservieren",
    requested: "Angefragt. Es gilt, sobald die Station bestätigt.",
  },
  cancel: "Aufheben",
  cancelLabel: (who) => `Reservierung für ${who} aufheben`,
  cancelTitle: "Diese Reservierung aufheben",
  cancelAbout: "Der Platz ist sofort frei, und die Station erfährt es jetzt oder wenn sie wieder da ist.",
  cancelled: "Die Reservierung ist aufgehoben",
  keep: "Behalten",
  until: (when) => `Freigehalten bis ${when}`,
};
