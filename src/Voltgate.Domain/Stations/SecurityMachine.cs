using System.Collections.Frozen;
using System.Collections.Immutable;
using Voltgate.Domain.Events;

namespace Voltgate.Domain.Stations;

/// <summary>
/// Security events that a station reports (1.6 whitepaper §5, SecurityEventNotification). Every report is in the frame
/// log. The first of a kind is told at once; those that follow within a minute are counted and told together, when the
/// station speaks after that minute or its link ends.
/// </summary>
internal static class SecurityMachine
{
    public const long WindowMs = 60_000;

    private const int MostKinds = 32;
    private const int LongestKind = 50;
    private const int LongestDetail = 255;

    /// <summary>Reports of more kinds than are counted each by itself.</summary>
    private const string Others = "other";

    /// <summary>The whitepaper's list, and whether it calls them critical.</summary>
    private static readonly FrozenDictionary<string, bool> Listed = new Dictionary<string, bool>
    {
        ["FirmwareUpdated"] = true,
        ["FailedToAuthenticateAtCentralSystem"] = false,
        ["CentralSystemFailedToAuthenticate"] = false,
        ["SettingSystemTime"] = true,
        ["StartupOfTheDevice"] = true,
        ["ResetOrReboot"] = true,
        ["SecurityLogWasCleared"] = true,
        ["ReconfigurationOfSecurityParameters"] = false,
        ["MemoryExhaustion"] = true,
        ["InvalidMessages"] = false,
        ["AttemptedReplayAttacks"] = false,
        ["TamperDetectionActivated"] = true,
        ["InvalidFirmwareSignature"] = false,
        ["InvalidFirmwareSigningCertificate"] = false,
        ["InvalidCentralSystemCertificate"] = false,
        ["InvalidChargePointCertificate"] = false,
        ["InvalidTLSVersion"] = false,
        ["InvalidTLSCipherSuite"] = false,
    }.ToFrozenDictionary();

    /// <summary>A request for a certificate that is not granted, as the server tells of it.</summary>
    private const string SigningRefused = "certificate_request_refused";

    public static void Report(Decision decision, SecurityReported message)
    {
        decision.Reply = Noted.Instance;
        Count(decision, message.Type, message.Detail, message.At.Or(decision.NowMs));
    }

    /// <summary>Whether a station's request for a certificate is granted; a flood of bad ones is told once.</summary>
    public static void Answer(Decision decision)
    {
        decision.Reply = new CertificateNoted(decision.Known.SigningFault is null);
        if (decision.Known.SigningFault is { } fault) Count(decision, SigningRefused, fault, decision.NowMs);
    }

    private static void Count(Decision decision, string type, string? said, long atMs)
    {
        var (kind, detail) = (Cut(type, LongestKind), said is { } d ? Cut(d, LongestDetail) : null);
        var bursts = decision.Station.Bursts ?? [];
        var at = bursts.FindIndex(b => b.Kind == kind);
        if (at < 0 && bursts.Count >= MostKinds && (at = bursts.FindIndex(b => b.Kind is null)) < 0)
        {
            Set(decision, bursts.Add(new SecurityBurst(null, decision.NowMs, 1, atMs, detail)));
            return;
        }

        if (at < 0)
        {
            Set(decision, bursts.Add(new SecurityBurst(kind, decision.NowMs, 0, atMs, detail)));
            Raise(decision, kind, detail, atMs, times: 1);
            return;
        }

        var burst = bursts[at];
        Set(decision, bursts.SetItem(
            at, burst with { Held = burst.Held + 1, LastAtMs = atMs, LastDetail = detail }));
    }

    /// <summary>Tells of what a minute has gathered; what came once only is forgotten.</summary>
    public static void Look(Decision decision) => Tell(decision, b => decision.NowMs - b.ToldAtMs >= WindowMs);

    /// <summary>Tells of everything that has been gathered.</summary>
    public static void Tell(Decision decision) => Tell(decision, _ => true);

    private static void Tell(Decision decision, Func<SecurityBurst, bool> isOver)
    {
        if (decision.Station.Bursts is not { } bursts) return;
        foreach (var burst in bursts.Where(isOver))
        {
            if (burst.Held > 0) Raise(decision, burst.Kind ?? Others, burst.LastDetail, burst.LastAtMs, burst.Held);
            bursts = burst.Held > 0
                ? bursts.Replace(burst, burst with { ToldAtMs = decision.NowMs, Held = 0 })
                : bursts.Remove(burst);
        }

        Set(decision, bursts);
    }

    private static void Set(Decision decision, ImmutableList<SecurityBurst> bursts) =>
        decision.Station = decision.Station with { Bursts = bursts.IsEmpty ? null : bursts };

    private static void Raise(Decision decision, string kind, string? detail, long atMs, int times) =>
        decision.Raise(new SecurityNotice(kind, detail, decision.Station)
        {
            Report = kind == SigningRefused
                ? null
                : new SecurityReport(Listed.TryGetValue(kind, out var critical) ? critical : null, atMs, times),
        });

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
