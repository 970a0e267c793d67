export const security = {
  detail: "In the API's words",
  asked: "The station has been asked",
  done: "It holds from now on",
  attempts: "See the attempts",
  findings: {
    profile_0: {
      title: "It needs no credentials",
      remedy: "Give it a password, and enter that in the station.",
      act: "Demand a password",
      about:
        "A password is made and shown once. When its present connection ends, the station stays away until somebody enters it there.",
    },
    profile_0_allowed: {
      title: "It may come without credentials as soon as its proof of identity is set to nothing",
      remedy: "Take that permission back.",
      act: "Take it back",
      about: "Coming without credentials from other machines is refused, whatever its proof of identity is set to.",
    },
    profile_1: {
      title: "Its password may travel in plain text",
      remedy: "Let the station come by wss://, then demand TLS.",
      act: "Demand TLS",
      about:
        "A connection without TLS is refused from then on. If the station's set-up page still says ws://, it stays away until somebody changes that.",
    },
    profile_below_ability: {
      title: "It comes by a stronger profile than it must",
      remedy: "Demand what it does already, so that nobody comes in its name by less.",
      act: "Demand it",
      about: "The station goes on as it is. Whoever comes in its name by less is refused.",
    },
    profile_fell: {
      title: "It came by a stronger profile once than it does now",
      remedy:
        "Find out at the station whether it is the same one. If it is, set it up for the stronger profile and demand that under Edit.",
    },
    profile_2: {
      title: "It proves itself by a password, which can be copied",
      remedy: "Give it a certificate. Once it has come by that, demand a certificate.",
    },
    certificate_unseen: {
      title: "It must show a certificate and has shown none that may be used",
      remedy: "Have it ask for one, or install one at the station.",
      act: "Have it ask for a certificate",
      about: "The station is told to send a request for a certificate, and gets one if the server signs such requests.",
    },
    certificate_ends: {
      title: "Its certificate ends soon, or has ended",
      remedy: "Have it ask for a new one.",
      act: "Have it ask for a new one",
      about: "The station is told to send a request for a certificate, and gets one if the server signs such requests.",
    },
    many_refusals: {
      title: "Many attempts to connect in its name were refused within a day",
      remedy: "Look where they come from, and block addresses that are none of yours.",
    },
    password_readable: {
      title: "Its password can be read again by whoever may see the station",
      remedy: "Stop showing passwords again, then make a new password.",
      act: "Stop showing passwords",
      about:
        "Passwords of stations are shown once, when they are made, and never again. This is a setting of the organisation.",
    },
  },
  wholeOrganization: "Every chargestation of the organisation",
  connectedNow: "It is connected now",
  notConnected: "It is not connected now",
  certificates: {
    title: "Certificates",
    about: "Those by which it came, or that were made for it.",
    none: "No certificate yet",
    noneAbout: "Where the station comes by a certificate, or asks for one, it appears here.",
    subject: "Subject",
    issuer: "Issuer",
    valid: "Valid",
    origin: "From",
    origins: { presented: "Shown by the station", issued: "Made for it" },
    fingerprint: "SHA-256",
    ended: "Ended",
    until: (from: string, to: string) => `${from} to ${to}`,
    revokedAt: (when: string) => `Revoked ${when}`,
    revoke: "Revoke",
    revokeLabel: (subject: string) => `Revoke ${subject}`,
    revokeTitle: "Revoke this certificate",
    revokeAbout:
      "It is refused for good: this cannot be taken back. A connection that stands by it is cut within five seconds.",
    stays: "The station stays away until it has another certificate",
    revoked: "The certificate is revoked",
  },
};
