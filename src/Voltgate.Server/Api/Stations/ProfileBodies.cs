using System.Globalization;
using System.Text.Json.Nodes;
using Voltgate.Domain.Stations;

namespace Voltgate.Server.Api;

/// <summary>
/// Charging profiles in bodies: OCPP 1.6's own words, as developers bring them from there, and its rules (§3.13, §7.8).
/// </summary>
internal static class ProfileBodies
{
    private const string Path = "charging_profile";
    private const string Periods = Path + ".chargingSchedule.chargingSchedulePeriod";

    private const int LastOwnId = PowerLimits.FirstId + 1_000;

    public static readonly string OwnIds =
        $"Choose another id: {PowerLimits.FirstId} to {LastOwnId} are those of set_default_power_limit.";

    public static readonly string[] Purposes = ["ChargePointMaxProfile", "TxDefaultProfile", "TxProfile"];

    private static readonly Shape Period = new(
        "ChargingSchedulePeriod",
        Field.Whole("startPeriod", "Seconds after the schedule's start.").Must,
        Field.Number("limit", "In the schedule's unit: W in all, or A a phase.", 0, 10_000_000, decimals: 1).Must,
        Field.Whole("numberPhases", "Three unless given.", min: 1, max: 3));

    private static readonly Shape Schedule = new(
        "ChargingSchedule",
        Field.Word("chargingRateUnit", ["W", "A"], "Watts in all, or amperes a phase.").Must,
        Field.List("chargingSchedulePeriod", Field.Object("", Period), "In their order; the first starts at 0.",
            max: 500, min: 1).Must,
        Field.Whole("duration", "Seconds; the last period goes on unless given.", min: 1),
        Field.Time("startSchedule", "Absolute and Recurring: when the first period starts."),
        Field.Number(
            "minChargingRate", "W or A, as the schedule: below that the vehicle charges badly.", 0, 10_000_000,
            decimals: 1));

    public static readonly Shape Profile = new(
        "ChargingProfile",
        Field.Whole("chargingProfileId", "A new profile with the id of an old one takes its place.").Must,
        Field.Whole("stackLevel", "Of several of one purpose the highest holds.").Must,
        Field.Word("chargingProfilePurpose", Purposes, "What it governs.").Must,
        Field.Word("chargingProfileKind", ["Absolute", "Recurring", "Relative"], "What its times count from.").Must,
        Field.Word("recurrencyKind", ["Daily", "Weekly"], "Recurring only."),
        Field.Time("validFrom", "Not before then."),
        Field.Time("validTo", "Not after then."),
        Field.Object("chargingSchedule", Schedule, "How much may be drawn when.").Must);

    /// <summary>Those of our own limits: a station's, and its connectors'.</summary>
    public static bool IsOwn(int id) => id is >= PowerLimits.FirstId and <= LastOwnId;

    public static ProfilePurpose PurposeOf(string word) => word switch
    {
        "ChargePointMaxProfile" => ProfilePurpose.StationMaximum,
        "TxDefaultProfile" => ProfilePurpose.SessionDefault,
        _ => ProfilePurpose.Session,
    };

    public static ChargingProfile Read(JsonObject body)
    {
        var schedule = body["chargingSchedule"]!.AsObject();
        return new ChargingProfile(
            (int)(long)body["chargingProfileId"]!,
            (int)(long)body["stackLevel"]!,
            PurposeOf((string)body["chargingProfilePurpose"]!),
            Enum.Parse<ProfileKind>((string)body["chargingProfileKind"]!),
            Enum.Parse<RateUnit>((string)schedule["chargingRateUnit"]!),
            [.. schedule["chargingSchedulePeriod"]!.AsArray().Select(p => ReadPeriod(p!.AsObject()))])
        {
            Recurrence = (string?)body["recurrencyKind"] is { } kind ? Enum.Parse<ProfileRecurrence>(kind) : null,
            ValidFromMs = Time(body["validFrom"]),
            ValidToMs = Time(body["validTo"]),
            StartMs = Time(schedule["startSchedule"]),
            DurationSeconds = (int?)(long?)schedule["duration"],
            MinRate = (decimal?)schedule["minChargingRate"],
        };
    }

    /// <summary>What the specification or the station does not allow.</summary>
    public static IEnumerable<FieldError> Faults(ChargeStation station, ChargingProfile p) =>
        Inherent(p).Concat(OfTimes(p)).Concat(OfPeriods(p)).Concat(Beyond(station, p));

    private static IEnumerable<FieldError> Inherent(ChargingProfile p)
    {
        if (IsOwn(p.Id)) yield return new(Path + ".chargingProfileId", OwnIds);
        if (p.Kind == ProfileKind.Recurring != p.Recurrence is not null)
            yield return new(
                Path + ".recurrencyKind", "Send Daily or Weekly with a Recurring profile, and nothing with any other.");
        if (p is { Kind: ProfileKind.Relative, Purpose: ProfilePurpose.StationMaximum })
            yield return new(
                Path + ".chargingProfileKind",
                "A ChargePointMaxProfile knows no start of a session; send Absolute or Recurring.");
    }

    private static IEnumerable<FieldError> OfTimes(ChargingProfile p)
    {
        if (p.Kind == ProfileKind.Relative == p.StartMs is not null)
            yield return new(
                Path + ".chargingSchedule.startSchedule",
                p.StartMs is null
                    ? "Send when an Absolute or Recurring schedule starts."
                    : "A Relative schedule starts with the session; leave this field out.");
        if (p.ValidToMs <= p.ValidFromMs) yield return new(Path + ".validTo", "Send a time after validFrom.");
    }

    private static IEnumerable<FieldError> OfPeriods(ChargingProfile p)
    {
        if (p.Periods[0].StartSeconds != 0)
            yield return new(Periods + "[0].startPeriod", "Send 0 in the first period.");
        for (var i = 1; i < p.Periods.Count; i++)
            if (p.Periods[i].StartSeconds <= p.Periods[i - 1].StartSeconds)
                yield return new($"{Periods}[{i}].startPeriod", "Send more than in the period before.");
    }

    private static IEnumerable<FieldError> Beyond(ChargeStation station, ChargingProfile p)
    {
        if (Abilities.MaxStackLevel(station) is { } level && p.StackLevel > level)
            yield return new(Path + ".stackLevel", $"This station knows levels up to {level}.");
        if (!QuirkWording.CanTell(station, p))
            yield return new(
                Path + ".chargingProfileKind",
                "This make of station takes "
                    + $"{string.Join(" or ", station.Quirks.ChargingProfiles!.Kinds)} only; see GET "
                    + "/chargestations/{id}/quirks.");
        if (Abilities.MaxPeriods(station) is { } most && p.Periods.Count > most)
            yield return new(Periods, $"This station takes at most {most} periods.");
        if (Abilities.Units(station) is [var only] && only != p.Unit)
            yield return new(Path + ".chargingSchedule.chargingRateUnit", $"This station takes {only} only.");
    }

    private static ProfilePeriod ReadPeriod(JsonObject body) => new(
        (int)(long)body["startPeriod"]!, (decimal)body["limit"]!, (int?)(long?)body["numberPhases"]);

    private static long? Time(JsonNode? at) => (string?)at is { } text
        ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds()
        : null;
}
