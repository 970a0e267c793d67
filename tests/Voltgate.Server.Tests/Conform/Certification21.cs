namespace Voltgate.Server.Tests.Conform;

/// <summary>OCPP 2.1: conversations of ours, as there are no cases of the Alliance for it yet.</summary>
internal static class Certification21
{
    public static readonly Certification List = new(
        "2.1",
        """
        What 2.1 added: a main flow of each new block or use case, and what comes of a refusal. The Alliance's cases
        for it were not at hand, so the ids are ours; a station of 2.1 plays the cases of 2.0.1 too. Besides them there
        are flows of both versions that the certification of 2.0.1 does not ask for, so that every message is shown.
        """,
        [
            "2.1-A-certificate-refused", "2.1-A-security-event", "2.1-B-network-profile", "2.1-B-report",
            "2.1-B-reset-resume", "2.1-B-reset-resume-refused", "2.1-C-settlement", "2.1-C-settlement-failed",
            "2.1-C-vat-number", "2.1-C-web-payment", "2.1-D-local-list", "2.1-E-limits", "2.1-E-resume",
            "2.1-F-custom-trigger", "2.1-G-availability", "2.1-H-reservation", "2.1-H-reservation-ended",
            "2.1-I-cost-details", "2.1-I-cost-so-far", "2.1-I-tariff-refused", "2.1-I-tariffs",
            "2.1-I-transaction-tariff", "2.1-K-dynamic", "2.1-K-dynamic-pull", "2.1-K-external-limit",
            "2.1-K-priority", "2.1-K-priority-refused", "2.1-L-publish-firmware", "2.1-M-certificate-chain",
            "2.1-M-contracts-refused", "2.1-N-monitoring", "2.1-N-streams", "2.1-N-target-delta",
            "2.1-O-language-refused", "2.1-O-languages", "2.1-Q-afrr", "2.1-Q-allowed-transfer", "2.1-Q-setpoint",
            "2.1-R-controls", "2.1-R-events", "2.1-R-limit", "2.1-S-swap-local", "2.1-S-swap-remote",
            "2.1-S-swap-timeout",
        ])
    {
        Messages = "ocpp2.1",
    };
}
