import type { Words } from "..";

export const diagnoses: Words["diagnoses"] = {
  accepted: { title: "Die Station hat sich verbunden" },
  unknown_station: {
    title: "Keine Ladestation hat diesen Endpunkt",
    remedy: "Legen Sie eine damit an, oder berichtigen Sie die Kennung in der Station.",
  },
  quarantined: {
    title: "Keine Ladestation hat diesen Endpunkt; die Station wartet in Quarantäne",
    remedy: "Übernehmen Sie sie unter „Unbekannte“.",
  },
  credentials_missing: {
    title: "Die Station schickt kein Passwort und muss es",
    remedy:
      "Tragen Sie ihr Passwort in der Station ein (AuthorizationKey, BasicAuthPassword). Unter „Sicherheit“ wird ein neues gemacht und einmal gezeigt.",
  },
  credentials_malformed: {
    title: "Die Station weist sich in einer Form aus, die nicht HTTP Basic ist",
    remedy: "Wählen Sie in der Station HTTP Basic.",
  },
  wrong_user: {
    title: "Die Station meldet sich unter einem anderen Namen an als dem in ihrer URL",
    remedy: "Der Benutzername muss der Endpunkt sein, genau wie in der URL, Groß- und Kleinschreibung inbegriffen.",
  },
  wrong_password: {
    title: "Der Name stimmt, das Passwort nicht",
    remedy:
      "Tragen Sie das Passwort noch einmal ein. Unter „Sicherheit“ wird ein neues mit 20 Zeichen gemacht und einmal gezeigt.",
  },
  insecure_refused: {
    title: "Die Ladestation hat kein Passwort, und dieser Server nimmt solche nur vom eigenen Rechner",
    remedy:
      "Geben Sie ihr ein Passwort: „Bearbeiten“, Ausweis. Die Einstellung Ocpp:AllowInsecure des Servers lässt alle solchen ein.",
  },
  network_untrusted: {
    title: "Die Station würde ihr Passwort im Klartext durch ein Netz schicken, dem dieser Server nicht traut",
    remedy:
      "Lassen Sie sie über wss:// zum Port kommen, der TLS spricht. Ein Netz, das Ihnen allein gehört, darf in Ocpp:TrustedNetworks stehen.",
  },
  tls_missing: {
    title: "Die Station kam über ws:// und muss über TLS kommen",
    remedy: "Beginnen Sie die URL in der Station mit wss:// und dem Port, der TLS spricht (Tls:Port).",
  },
  certificate_missing: {
    title: "Die Station zeigte kein Zertifikat und muss es",
    remedy: "Bringen Sie ein Zertifikat in die Station (SecurityProfile 3).",
  },
  certificate_no_authority: {
    title: "Die Station zeigte ein Zertifikat, und dieser Server kennt für keines einen Aussteller",
    remedy: "Nennen Sie das Zertifikat des Ausstellers in Tls:ClientAuthorities.",
  },
  certificate_expired: {
    title: "Das Zertifikat der Station ist abgelaufen",
    remedy: "Bringen Sie ein neueres in die Station.",
  },
  certificate_not_yet_valid: {
    title: "Das Zertifikat der Station gilt noch nicht",
    remedy: "Warten Sie, oder sehen Sie nach den Uhren von Server und Aussteller.",
  },
  certificate_weak: {
    title: "Der Schlüssel im Zertifikat der Station ist zu schwach",
    remedy:
      "Die Station soll einen Schlüssel mit RSA ab 2048 Bit machen, oder auf der Kurve P-256 oder einer größeren.",
  },
  certificate_untrusted: {
    title: "Das Zertifikat der Station kommt von keinem Aussteller, dem dieser Server traut",
    remedy:
      "Nehmen Sie seinen Aussteller in Tls:ClientAuthorities auf, samt denen dazwischen, oder bringen Sie ein anderes Zertifikat in die Station.",
  },
  certificate_organization: {
    title: "Das Zertifikat der Station ist das eines anderen Betreibers",
    remedy: "Sein O muss heißen, was Ocpp:OperatorName sagt.",
  },
  certificate_name: {
    title: "Das Zertifikat der Station ist das einer anderen",
    remedy: "Sein CN muss der Endpunkt sein oder die Seriennummer, die für die Ladestation eingetragen ist.",
  },
  certificate_revoked: {
    title: "Das Zertifikat der Station wurde widerrufen",
    remedy: "Bringen Sie ein anderes in die Station.",
  },
  subprotocol_missing: {
    title: "Die Station nannte keine Version von OCPP",
    remedy: "Wählen Sie in der Station OCPP-J, oder die Version unter „Bearbeiten“, die dann angenommen wird.",
  },
  subprotocol_unknown: {
    title: "Die Station bietet keine Version von OCPP an, die dieser Server spricht",
    remedy: "Wählen Sie in der Station OCPP-J 1.6, 2.0.1 oder 2.1.",
  },
  subprotocol_pinned: {
    title: "Die Station bietet eine andere Version von OCPP an, als für die Ladestation festgelegt ist",
    remedy: "Wählen Sie diese Version in der Station, oder ändern Sie sie unter „Bearbeiten“.",
  },
  path_invalid: {
    title: "Der Pfad in der URL der Station nennt keine Station",
    remedy: "Die URL in der Station muss auf /ocpp/ und den Endpunkt enden.",
  },
  not_websocket: {
    title: "Etwas fragte mit gewöhnlichem HTTP",
    remedy: "War es ein Browser oder eine Überwachung, ist nichts zu tun; sonst wählen Sie in der Station OCPP-J.",
  },
  browser: {
    title: "Eine Webseite wollte sich verbinden",
    remedy: "Stationen schicken keinen Origin; nehmen Sie ihn im Programm heraus.",
  },
  websocket_invalid: {
    title: "Der Handschlag des WebSockets ist falsch",
    remedy: "Aktualisieren Sie die Firmware der Station.",
  },
  head_too_long: {
    title: "Der Pfad oder die Kopfzeilen waren zu lang",
    remedy: "Die URL in der Station muss auf /ocpp/ und den Endpunkt enden.",
  },
  tls_expected: {
    title: "Etwas sprach Klartext zum Port, der TLS spricht",
    remedy: "Beginnen Sie die URL in der Station mit wss://, oder nehmen Sie den anderen Port.",
  },
  tls_too_old: {
    title: "Die Station spricht nur Versionen von TLS, die gebrochen sind",
    remedy: "Aktualisieren Sie ihre Firmware: TLS 1.2 ist die älteste, die OCPP erlaubt.",
  },
  tls_no_suite: {
    title: "Die Station bietet kein Verfahren an, das dieser Server nimmt",
    remedy:
      "Schalten Sie AES-GCM in der Station ein. Nimmt sie nur RSA oder nur ECDSA, geben Sie dem Server auch ein solches Zertifikat.",
  },
  tls_broken_off: {
    title: "Die Station brach den Handschlag von TLS ab",
    remedy:
      "Meist traut sie dem Zertifikat dieses Servers nicht: Bringen Sie das Wurzelzertifikat in die Station, und lassen Sie die URL den Namen nennen, der im Zertifikat steht. Stellen Sie auch ihre Uhr.",
  },
  server_full: {
    title: "Der Server hatte so viele Stationen, wie er nimmt",
    remedy: "Erhöhen Sie Ocpp:MaxConnections, oder nehmen Sie einen weiteren Prozess hinzu.",
  },
  duplicate: {
    title: "Eine zweite Verbindung kam, während die erste lebt und antwortet",
    remedy:
      "Vielleicht haben zwei Stationen dieselbe Kennung und dasselbe Passwort; geben Sie jeder ihre eigene Ladestation.",
  },
  connections_full: {
    title: "Der Server hatte neben denen der Stationen so viele Verbindungen, wie er nimmt",
    remedy: "Erhöhen Sie Server:MaxConnections. Halten wenige Adressen viele davon, sperren Sie diese.",
  },
  source_full: {
    title: "Dieses Netz hatte neben denen der Stationen so viele Verbindungen, wie eines darf",
    remedy:
      "Ist es ein Proxy oder ein Gateway mit vielen Ihrer Stationen dahinter, nennen Sie es in Server:SharedSources; sonst erhöhen Sie Server:MaxConnectionsPerSource.",
  },
  too_many_failures: {
    title: "Aus diesem Netz kamen zu viele falsche Namen oder Passwörter; es muss warten",
    remedy:
      "Berichtigen Sie die Stationen dort, die falsch anklopfen, oder sperren Sie sie. Ist es ein Proxy oder ein Gateway vieler, nennen Sie es in Server:SharedSources.",
  },
  connects_too_often: {
    title: "Die Station verband sich zu oft in einer Minute",
    remedy:
      "Sehen Sie nach, warum ihre Verbindung nicht hält, und lassen Sie sie zwischen den Versuchen warten; oder erhöhen Sie Ocpp:ConnectsPerMinute.",
  },
  too_many_calls: {
    title: "Die Station schickte einen CALL nach dem anderen, ohne die Antworten abzuwarten, und wurde getrennt",
    remedy:
      "OCPP erlaubt einen CALL zur Zeit: Aktualisieren Sie ihre Firmware. Muss es sein, erhöhen Sie Ocpp:WaitingCalls, Ocpp:MessagesPerSecond oder Ocpp:MessageBurst.",
  },
  unreadable: {
    title: "Die Station schickte immer wieder, was keine Nachricht von OCPP ist, und wurde getrennt",
    remedy:
      "Sehen Sie ihre Nachrichten an, dann aktualisieren Sie ihre Firmware; oder erhöhen Sie Ocpp:UnreadablePerMinute.",
  },
  message_too_big: {
    title: "Die Station schickte eine zu große Nachricht und wurde getrennt",
    remedy:
      "Lassen Sie sie weniger auf einmal schicken; oder erhöhen Sie Ocpp:MaxMessageBytes (bis sie sich gemeldet hat: Ocpp:MaxMessageBytesBeforeBoot).",
  },
  message_too_slow: {
    title: "Die Station begann eine Nachricht und kam nicht rechtzeitig zu Ende, darum wurde sie getrennt",
    remedy: "Sehen Sie nach ihrem Netz; oder erhöhen Sie Ocpp:MessageSeconds.",
  },
  message_in_pieces: {
    title: "Die Station schickte eine Nachricht in Tausenden von Stücken und wurde getrennt",
    remedy: "Aktualisieren Sie ihre Firmware.",
  },
  message_not_text: {
    title: "Die Station schickte eine binäre Nachricht und wurde getrennt",
    remedy: "OCPP-J ist Text: Aktualisieren Sie ihre Firmware.",
  },
  too_many: {
    title: "Diese Adresse klopfte unter vielen Namen zugleich an",
    remedy: "Sperren Sie sie, wenn sie keine der Ihren ist.",
  },
};
