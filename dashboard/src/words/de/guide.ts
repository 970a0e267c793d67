import type { Words } from "..";

export const guide: Words["guide"] = {
  about: "In zwei Minuten von nichts zu einem ladenden Auto. Dazu braucht es keine echte Station.",
  demo: "Alles vorbereiten",
  demoAbout:
    "Ein Preis, ein Fahrer und eine simulierte Ladestation. Jedes davon können Sie später ändern oder löschen.",
  rateName: "0,45 EUR/kWh",
  driverFirst: "Test",
  driverLast: "Fahrer",
  stationName: "Simulierte Station",
  steps: {
    prepare: "Preis, Fahrer und Ladestation vorbereiten",
    prepareDone: (station) => `${station} ist vorbereitet.`,
    connect: "Die simulierte Station verbinden",
    connectAbout:
      "Führen Sie dies in einem Terminal auf dem Rechner aus, auf dem Voltgate läuft, in seinem Ordner. Sie bleibt verbunden, bis Sie sie mit Strg+C beenden.",
    connectWait: "Wartet auf die Station. Diese Seite merkt es von selbst.",
    connectDone: "Die Station ist online.",
    passwordGone:
      "Ihr Passwort wird nicht noch einmal gezeigt. Setzen Sie es ein, oder machen Sie unter Sicherheit ein neues.",
    passwordPlace: "ihr Passwort",
    start: "Einen Ladevorgang starten",
    startAbout: "Der simulierte Fahrer neben der Station steckt ein, sobald Sie starten.",
    startDone: "Es lädt. Sehen Sie zu, wie Leistung, Energie und Kosten eintreffen.",
    watch: "Dem Ladevorgang zusehen",
    next: "Und dann weiter",
    nextReal:
      "Eine echte Station bekommt ihren eigenen Eintrag. Tippen Sie Adresse und Passwort in ihre Einrichtungsseite.",
    nextKey: "Ihre Anwendung bekommt einen API-Schlüssel und erfährt alles durch Webhooks.",
  },
  realStation: "Echte Ladestation hinzufügen",
  docs: "Die Dokumentation der API lesen",
  done: "Erledigt",
  todo: "Zu tun",
  notAllowed: "Ihre Rolle darf keine Ladestationen hinzufügen. Bitten Sie Admin oder Support.",
};
