import type { Words } from "..";

export const security: Words["security"] = {
  detail: "In den Worten der API",
  asked: "Die Station wurde gefragt",
  done: "Das gilt ab jetzt",
  attempts: "Die Versuche ansehen",
  findings: {
    profile_0: {
      title: "Sie muss sich nicht ausweisen",
      remedy: "Geben Sie ihr ein Passwort und tragen Sie es in der Station ein.",
      act: "Passwort verlangen",
      about:
        "Ein Passwort wird gemacht und einmal gezeigt. Endet ihre jetzige Verbindung, bleibt die Station fort, bis jemand es dort einträgt.",
    },
    profile_0_allowed: {
      title: "Sie darf ohne Ausweis kommen, sobald ihr Ausweis auf „gar nicht“ steht",
      remedy: "Nehmen Sie diese Erlaubnis zurück.",
      act: "Zurücknehmen",
      about: "Ohne Ausweis von anderen Rechnern zu kommen, wird abgelehnt, worauf auch immer ihr Ausweis steht.",
    },
    profile_1: {
      title: "Ihr Passwort reist vielleicht im Klartext",
      remedy: "Lassen Sie die Station über wss:// kommen, und verlangen Sie dann TLS.",
      act: "TLS verlangen",
      about:
        "Eine Verbindung ohne TLS wird von da an abgelehnt. Steht in der Einrichtungsseite der Station noch ws://, bleibt sie fort, bis jemand das ändert.",
    },
    profile_below_ability: {
      title: "Sie kommt mit einem stärkeren Profil, als sie muss",
      remedy: "Verlangen Sie, was sie schon tut, damit niemand in ihrem Namen mit weniger kommt.",
      act: "Verlangen",
      about: "Für die Station ändert sich nichts. Wer in ihrem Namen mit weniger kommt, wird abgelehnt.",
    },
    profile_fell: {
      title: "Sie kam schon einmal mit einem stärkeren Profil als jetzt",
      remedy:
        "Stellen Sie an der Station fest, ob es dieselbe ist. Wenn ja, richten Sie sie für das stärkere Profil ein und verlangen Sie es unter „Bearbeiten“.",
    },
    profile_2: {
      title: "Sie weist sich mit einem Passwort aus, das kopiert werden kann",
      remedy: "Geben Sie ihr ein Zertifikat. Ist sie einmal damit gekommen, verlangen Sie ein Zertifikat.",
    },
    certificate_unseen: {
      title: "Sie muss ein Zertifikat zeigen und hat noch kein brauchbares gezeigt",
      remedy: "Lassen Sie sie eines anfordern, oder spielen Sie eines an der Station ein.",
      act: "Zertifikat anfordern lassen",
      about:
        "Die Station soll ein Zertifikat anfordern, und bekommt eines, wenn der Server solche Anforderungen unterschreibt.",
    },
    certificate_ends: {
      title: "Ihr Zertifikat endet bald oder ist abgelaufen",
      remedy: "Lassen Sie sie ein neues anfordern.",
      act: "Neues anfordern lassen",
      about:
        "Die Station soll ein Zertifikat anfordern, und bekommt eines, wenn der Server solche Anforderungen unterschreibt.",
    },
    many_refusals: {
      title: "Viele Verbindungsversuche in ihrem Namen wurden an einem Tag abgelehnt",
      remedy: "Sehen Sie nach, woher sie kommen, und sperren Sie Adressen, die nicht Ihre sind.",
    },
    password_readable: {
      title: "Ihr Passwort kann jeder noch einmal lesen, der die Station sehen darf",
      remedy: "Zeigen Sie Passwörter nicht noch einmal, und machen Sie dann ein neues.",
      act: "Passwörter nicht mehr zeigen",
      about:
        "Passwörter von Stationen werden einmal gezeigt, wenn sie gemacht werden, und nie wieder. Das ist eine Einstellung der Organisation.",
    },
  },
  wholeOrganization: "Alle Ladestationen der Organisation",
  connectedNow: "Sie ist jetzt verbunden",
  notConnected: "Sie ist jetzt nicht verbunden",
  certificates: {
    title: "Zertifikate",
    about: "Mit denen sie kam, oder die für sie gemacht wurden.",
    none: "Noch kein Zertifikat",
    noneAbout: "Kommt die Station mit einem Zertifikat oder fordert sie eines an, erscheint es hier.",
    subject: "Inhaber",
    issuer: "Aussteller",
    valid: "Gültig",
    origin: "Herkunft",
    origins: { presented: "Von der Station gezeigt", issued: "Für sie gemacht" },
    fingerprint: "SHA-256",
    ended: "Abgelaufen",
    until: (from, to) => `${from} bis ${to}`,
    revokedAt: (when) => `Widerrufen ${when}`,
    revoke: "Widerrufen",
    revokeLabel: (subject) => `${subject} widerrufen`,
    revokeTitle: "Dieses Zertifikat widerrufen",
    revokeAbout:
      "Es wird für immer abgelehnt: Das lässt sich nicht zurücknehmen. Eine Verbindung, die darauf beruht, wird binnen fünf Sekunden getrennt.",
    stays: "Die Station bleibt fort, bis sie ein anderes Zertifikat hat",
    revoked: "Das Zertifikat ist widerrufen",
  },
};
