using System.Collections.Immutable;

namespace Voltgate.Domain.Stations;

/// <summary>
/// What a make of station does otherwise than OCPP says: data, chosen by what it tells at its boot or by people. What
/// is absent is as OCPP says.
/// </summary>
public sealed record QuirkTraits
{
    public static readonly QuirkTraits None = new();

    public ClockTrait? Time { get; init; }

    public ImmutableArray<MeterTrait> Meter { get; init; } = [];

    public ImmutableArray<PhaseTrait> Phases { get; init; } = [];

    public TagTrait? Tags { get; init; }

    public ProfileTrait? ChargingProfiles { get; init; }

    public TriggerTrait? Trigger { get; init; }

    public PingTrait? Ping { get; init; }

    /// <summary>Some of what the station says is to be read otherwise than it is written.</summary>
    public bool IsReadOtherwise => Time is not null || Tags is not null || Meter.Length > 0 || Phases.Length > 0;
}

/// <summary>A clock that shows local time (OCPP 1.6 §3.15 leaves times without a zone open).</summary>
/// <param name="OffsetMinutes">What the clock shows is this much ahead of UTC.</param>
/// <param name="Zone">In place of that an IANA zone; "location": that of the station's location.</param>
/// <param name="Always">Also of times that claim to be UTC; else of those without a zone.</param>
public sealed record ClockTrait(int OffsetMinutes, string? Zone = null, bool Always = false)
{
    public const string OfLocation = "location";
}

/// <summary>Values that mean another amount than their unit says.</summary>
/// <param name="Unit">Only those that the station gives this unit; null: any.</param>
/// <param name="Factor">What is written times this is meant.</param>
/// <param name="AlsoAtStartAndStop">meterStart and meterStop, too.</param>
public sealed record MeterTrait(Measurand Measurand, string? Unit, decimal Factor, bool AlsoAtStartAndStop = false);

/// <param name="Measurand">Null: any.</param>
public sealed record PhaseTrait(Measurand? Measurand, Phase From, Phase To);

/// <summary>Tags that come with more, or can be given with less, than they are.</summary>
/// <param name="KeepBefore">What stands before this sign is the tag.</param>
/// <param name="KeepAfter">What stands after this sign is the tag.</param>
/// <param name="MaxLength">Longer ones are cut before they are sent, and known by what is left.</param>
public sealed record TagTrait(string? KeepBefore, string? KeepAfter, int? MaxLength);

/// <param name="MaxStackLevel">The highest one it takes, whatever its configuration says.</param>
/// <param name="Kinds">Those it takes; empty: all.</param>
/// <param name="Units">Those it takes, whatever its configuration says; empty: those.</param>
/// <param name="IsForStation">One connector's profiles are taken for connector 0 only, but for a session's own.</param>
/// <param name="StartEarlierSeconds">Schedules must have begun: they are told as beginning this much earlier.</param>
public sealed record ProfileTrait(
    int? MaxStackLevel,
    ImmutableArray<ProfileKind> Kinds,
    ImmutableArray<RateUnit> Units,
    bool IsForStation,
    int StartEarlierSeconds);

/// <summary>Which connector a TriggerMessage may name (OCPP 1.6 §5.17).</summary>
public enum TriggerPlace
{
    AsAsked,
    Zero,
    Omitted,
}

/// <param name="IsSupported">False: nothing is asked of it unless somebody orders so.</param>
public sealed record TriggerTrait(bool IsSupported, TriggerPlace Place);

/// <param name="IntervalSeconds">Null: as all; 0: it is never pinged.</param>
/// <param name="Answers">False: a missing pong says nothing; three heartbeats must be missing.</param>
public sealed record PingTrait(int? IntervalSeconds, bool Answers);
