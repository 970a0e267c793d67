using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json.Serialization;
using Voltgate.Domain.Stations;
using Voltgate.Ocpp.V16;

namespace Voltgate.Server.Resources;

/// <summary>A make of stations and what it does otherwise than OCPP says: a row of quirks.json.</summary>
/// <param name="Because">Who saw what, for whoever doubts it.</param>
internal sealed record QuirkProfile(string Name, string? Because, QuirkMatch Match)
{
    public TimeQuirk? Time { get; init; }

    public IReadOnlyList<MeterQuirk>? Meter { get; init; }

    public IReadOnlyList<PhaseQuirk>? Phases { get; init; }

    public TagQuirk? Tags { get; init; }

    public ChargingProfileQuirk? ChargingProfiles { get; init; }

    public TriggerQuirk? Trigger { get; init; }

    public PingQuirk? Ping { get; init; }

    /// <summary>What the machines go by. Only of a profile without <see cref="Faults"/>.</summary>
    public QuirkTraits ToTraits() => new()
    {
        Time = Time is null ? null : new ClockTrait(Time.OffsetMinutes ?? 0, Time.Zone, Time.Applies == "always"),
        Meter = [.. (Meter ?? []).Select(m => new MeterTrait(
            MeterWords.MeasurandOf[m.Measurand], m.Unit, m.Factor, m.AlsoStartAndStop))],
        Phases = [.. (Phases ?? []).Select(p => new PhaseTrait(
            p.Measurand is { } word ? MeterWords.MeasurandOf[word] : null, PhaseOf(p.From), PhaseOf(p.To)))],
        Tags = Tags is null ? null : new TagTrait(Tags.KeepBefore, Tags.KeepAfter, Tags.MaxLength),
        ChargingProfiles = ChargingProfiles is not { } c ? null : new ProfileTrait(
            c.MaxStackLevel, [.. (c.Kinds ?? []).Select(Enum.Parse<ProfileKind>)],
            [.. (c.Units ?? []).Select(Enum.Parse<RateUnit>)], c.StationOnly, c.StartEarlierSeconds),
        Trigger = Trigger is null ? null : new TriggerTrait(Trigger.Supported, Trigger.Connector switch
        {
            "zero" => TriggerPlace.Zero,
            "omitted" => TriggerPlace.Omitted,
            _ => TriggerPlace.AsAsked,
        }),
        Ping = Ping is null ? null : new PingTrait(Ping.IntervalSeconds, Ping.Answered),
    };

    /// <summary>What is wrong: where, and what to write instead.</summary>
    public IEnumerable<string> Faults() =>
        OfNames().Concat(Time?.Faults() ?? []).Concat((Meter ?? []).SelectMany(m => m.Faults()))
            .Concat((Phases ?? []).SelectMany(p => p.Faults())).Concat(Tags?.Faults() ?? [])
            .Concat(ChargingProfiles?.Faults() ?? []).Concat(Trigger?.Faults() ?? []).Concat(Ping?.Faults() ?? []);

    private IEnumerable<string> OfNames()
    {
        if (Name is not { Length: >= 1 and <= 100 } || Name == StationSettings.NoQuirks)
            yield return "name: write 1 to 100 characters, and not \"none\".";
        if (Match is null or { Vendor: null, Model: null, Firmware: null })
            yield return "match: write vendor, model or firmware; \"*\" stands for anything.";
    }

    internal static string? MeasurandFault(string word) => MeterWords.MeasurandOf.ContainsKey(word)
        ? null
        : "measurand: write one of " + string.Join(", ", MeterWords.MeasurandOf.Keys.Order());

    internal static bool IsPhase(string word) => word == "none" || MeterWords.PhaseOf.ContainsKey(word);

    private static Phase PhaseOf(string word) => word == "none" ? Phase.None : MeterWords.PhaseOf[word];
}

/// <summary>What a station must tell at its boot; "*" stands for anything, upper and lower case are one.</summary>
internal sealed record QuirkMatch(string? Vendor = null, string? Model = null, string? Firmware = null)
{
    public bool Fits(BootInfo boot) => Fits(Vendor, boot.ChargePointVendor)
        && Fits(Model, boot.ChargePointModel) && Fits(Firmware, boot.FirmwareVersion ?? "");

    private static bool Fits(string? pattern, string told) => pattern is null || pattern == told
        || System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(
            pattern.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("?", @"\?", StringComparison.Ordinal),
            told);
}

/// <param name="Applies">"without_zone" (unless said otherwise) or "always".</param>
internal sealed record TimeQuirk(
    [property: Description("Minutes that the station's clock shows ahead of UTC.")] int? OffsetMinutes = null,
    string? Zone = null, string? Applies = null)
{
    public IEnumerable<string> Faults()
    {
        if (OffsetMinutes is null == Zone is null) yield return "time: write offset_minutes or zone, not both.";
        if (OffsetMinutes is < -1_080 or > 1_080) yield return "time.offset_minutes: write -1080 to 1080.";
        if (Zone is not (null or ClockTrait.OfLocation) && !TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _))
            yield return "time.zone: write \"location\" or an IANA zone such as Europe/Berlin.";
        if (Applies is not (null or "without_zone" or "always"))
            yield return "time.applies: write without_zone or always.";
    }
}

internal sealed record MeterQuirk(
    string Measurand, string? Unit,
    [property: Description("Without unit: what the station writes times this is meant.")] decimal Factor,
    bool AlsoStartAndStop = false)
{
    public IEnumerable<string> Faults()
    {
        if (QuirkProfile.MeasurandFault(Measurand ?? "") is { } fault) yield return $"meter.{fault}.";
        if (Unit is not null && !MeterWords.Units.Contains(Unit))
            yield return "meter.unit: write one of " + string.Join(", ", MeterWords.Units) + ", or leave it out.";
        if (Factor is < -1_000_000 or > 1_000_000 or 0) yield return "meter.factor: write a number that is not 0.";
    }
}

internal sealed record PhaseQuirk(string? Measurand, string From, string To)
{
    public IEnumerable<string> Faults()
    {
        var fault = Measurand is null ? null : QuirkProfile.MeasurandFault(Measurand);
        if (fault is not null) yield return $"phases.{fault}, or leave it out.";
        if (!QuirkProfile.IsPhase(From ?? "") || !QuirkProfile.IsPhase(To ?? ""))
            yield return "phases: write in from and to one of none, " + string.Join(", ", MeterWords.Phases) + ".";
    }
}

internal sealed record TagQuirk(
    string? KeepBefore = null, string? KeepAfter = null,
    [property: Description("Characters of a tag that the station can be given.")] int? MaxLength = null)
{
    public IEnumerable<string> Faults()
    {
        if (KeepBefore is "" || KeepAfter is "")
            yield return "tags: write the sign that parts the tag from the rest, or leave it out.";
        if (MaxLength is < 8 or > 20) yield return "tags.max_length: write 8 to 20.";
    }
}

internal sealed record ChargingProfileQuirk(
    [property: Description("The highest stack level that it takes; no unit.")] int? MaxStackLevel = null,
    IReadOnlyList<string>? Kinds = null, IReadOnlyList<string>? Units = null, bool StationOnly = false,
    [property: Description("Seconds by which schedules are told as beginning earlier.")] int StartEarlierSeconds = 0)
{
    public IEnumerable<string> Faults()
    {
        if (MaxStackLevel is < 0 or > 1_000) yield return "charging_profiles.max_stack_level: write 0 to 1000.";
        if (Kinds?.Any(k => !Enum.IsDefined(typeof(ProfileKind), k)) == true)
            yield return "charging_profiles.kinds: write Absolute, Recurring or Relative.";
        if (Units?.Any(u => !Enum.IsDefined(typeof(RateUnit), u)) == true)
            yield return "charging_profiles.units: write W or A.";
        if (StartEarlierSeconds is < 0 or > 86_400)
            yield return "charging_profiles.start_earlier_seconds: write 0 to 86400.";
    }
}

/// <param name="Connector">"as_asked" (unless said otherwise), "zero" or "omitted".</param>
internal sealed record TriggerQuirk(bool Supported = true, string? Connector = null)
{
    public IEnumerable<string> Faults()
    {
        if (Connector is not (null or "as_asked" or "zero" or "omitted"))
            yield return "trigger.connector: write as_asked, zero or omitted.";
    }
}

internal sealed record PingQuirk(
    [property: Description("Seconds of silence after which it is pinged; 0: never.")] int? IntervalSeconds = null,
    bool Answered = true)
{
    public IEnumerable<string> Faults()
    {
        if (IntervalSeconds is < 0 or (> 0 and < 5) or > 3_600)
            yield return "ping.interval_seconds: write 0 for never, or 5 to 3600.";
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = System.Text.Json.JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(IReadOnlyList<QuirkProfile>))]
internal sealed partial class QuirkJson : JsonSerializerContext;
