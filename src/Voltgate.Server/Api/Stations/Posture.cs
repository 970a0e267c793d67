using Voltgate.Domain.Stations;
using Voltgate.Server.Resources;

namespace Voltgate.Server.Api;

/// <summary>What a posture is judged by, beside the station itself.</summary>
/// <param name="CertificateUntilMs">When the newest certificate that is not revoked ends; null: it has none.</param>
/// <param name="Refusals">Connection attempts in its name that were refused within a day.</param>
/// <param name="RevealsPasswords">The organisation lets GET show passwords.</param>
internal readonly record struct PostureFacts(long? CertificateUntilMs, long Refusals, bool RevealsPasswords);

/// <summary>Judges how safe a station's way in is: findings with a severity and a remedy, the worst first.</summary>
internal static class Posture
{
    private const long DayMs = 86_400_000;
    private const long ManyRefusals = 20;

    private static readonly string[] Severities = ["critical", "high", "medium", "low"];

    public static PostureResource Of(ChargeStation station, PostureFacts facts, long nowMs)
    {
        var findings = Find(station, facts, nowMs).OrderBy(f => Array.IndexOf(Severities, f.Severity)).ToList();
        return new PostureResource(
            station.Id, station.Settings.Name, station.Endpoint, (int)station.Security, (int?)station.CameBy,
            findings.FirstOrDefault()?.Severity ?? "none", findings, new WireTime(nowMs));
    }

    private static IEnumerable<FindingResource> Find(ChargeStation station, PostureFacts facts, long nowMs) =>
    [
        .. OfProfile(station),
        .. OfCertificate(station, facts, nowMs),
        .. facts.Refusals >= ManyRefusals
            ? [new FindingResource(
                "many_refusals", "medium",
                $"{facts.Refusals} attempts to connect in its name were refused within a day.",
                "Look at GET /chargestations/{id}/connection_attempts; block addresses that are none of yours.")]
            : Array.Empty<FindingResource>(),
        .. facts.RevealsPasswords && Credentials.Uses(station.Security)
            ? [new FindingResource(
                "password_readable", "low", "Its password can be read with GET, so it is kept readable.",
                "PATCH /organizations/{id} {\"reveal_station_passwords\":false}, then reset the password.")]
            : Array.Empty<FindingResource>(),
    ];

    private static IEnumerable<FindingResource> OfProfile(ChargeStation station)
    {
        if (station.Security == StationSecurity.None)
            yield return new(
                "profile_0", station.Settings.AllowsProfile0 ? "critical" : "high",
                station.Settings.AllowsProfile0
                    ? "Whoever reaches the port can pretend to be it: it needs no credentials, from anywhere."
                    : "It needs no credentials; it comes from the server's own machine, or as Ocpp:AllowInsecure says.",
                "PATCH /chargestations/{id} {\"security\":{\"type\":\"basic_auth\"}} and enter the password in it.");
        else if (station.Settings.AllowsProfile0)
            yield return new(
                "profile_0_allowed", "low", "It may come without credentials as soon as its type is none.",
                "PATCH /chargestations/{id} with allow_profile_0: false in its security.");
        if (station.Security == StationSecurity.BasicAuth)
            yield return new(
                "profile_1", "medium", "Its password may travel in plain text, from this machine or a trusted network.",
                "Let it come by wss://, then PATCH /chargestations/{id} {\"security\":{\"type\":\"tls_basic\"}}.");
        if (station.Security is > StationSecurity.None and < StationSecurity.Mtls
            && station.CameBy > station.Security)
            yield return new(
                "profile_below_ability", "medium",
                $"It comes by profile {(int)station.CameBy} and would be let in by {(int)station.Security}, too.",
                "PATCH /chargestations/{id} and set security.type to what it does already.");
        if (station.Proven > station.Security && station.Proven > station.CameBy)
            yield return new(
                "profile_fell", "high",
                $"It once came by profile {(int)station.Proven} and now comes by {(int?)station.CameBy}.",
                "Find out whether it is the same station; demand the stronger profile again.");
        if (station.Security == StationSecurity.TlsBasic && station.CameBy == StationSecurity.TlsBasic)
            yield return new(
                "profile_2", "low", "It proves itself by a password that can be copied.",
                "Give it a certificate and PATCH its security.type to mtls.");
    }

    private static IEnumerable<FindingResource> OfCertificate(ChargeStation station, PostureFacts facts, long nowMs)
    {
        if (station.Security != StationSecurity.Mtls) yield break;
        if (facts.CertificateUntilMs is not { } untilMs)
            yield return new(
                "certificate_unseen", "medium", "It must show a certificate and has shown none that may be used.",
                "Install one in it: trigger SignChargePointCertificate, or do it at the station.");
        else if (untilMs <= nowMs + 30 * DayMs)
            yield return new(
                "certificate_ends", untilMs <= nowMs + 7 * DayMs ? "high" : "medium",
                $"Its certificate ends at {DateTimeOffset.FromUnixTimeMilliseconds(untilMs):yyyy-MM-dd}.",
                "Have it ask for a new one: trigger SignChargePointCertificate.");
    }
}
