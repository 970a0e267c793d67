using System.Collections.Immutable;
using System.Globalization;
using Voltgate.Ocpp.V2;
using Own = Voltgate.Ocpp.V16;

namespace Voltgate.Simulator.V2;

/// <summary>What the station's own words, which are those of 1.6, are called in 2.x, and the other way round.</summary>
internal static class Translation
{
    /// <summary>Who holds something against a reader holds a card.</summary>
    private const string Card = "ISO14443";

    public static ConnectorStatus StatusOf(Own.ChargePointStatus status) => status switch
    {
        Own.ChargePointStatus.Available => ConnectorStatus.Available,
        Own.ChargePointStatus.Reserved => ConnectorStatus.Reserved,
        Own.ChargePointStatus.Unavailable => ConnectorStatus.Unavailable,
        Own.ChargePointStatus.Faulted => ConnectorStatus.Faulted,
        _ => ConnectorStatus.Occupied,
    };

    public static IdToken TokenOf(string text, string? kind) => new(text, kind ?? Card);

    public static TriggerReason TriggerOf(Own.Reason? reason) => reason switch
    {
        Own.Reason.Local => TriggerReason.StopAuthorized,
        Own.Reason.Remote => TriggerReason.RemoteStop,
        Own.Reason.DeAuthorized => TriggerReason.Deauthorized,
        Own.Reason.EVDisconnected => TriggerReason.EVCommunicationLost, // E09, E10
        Own.Reason.HardReset or Own.Reason.SoftReset => TriggerReason.ResetCommand,
        Own.Reason.UnlockCommand => TriggerReason.UnlockCommand,
        _ => TriggerReason.AbnormalCondition,
    };

    public static Reason ReasonOf(Own.Reason? reason) => reason switch
    {
        Own.Reason.HardReset or Own.Reason.SoftReset => Reason.ImmediateReset,
        { } same when Enum.TryParse<Reason>(same.ToString(), out var word) => word,
        _ => Reason.Other,
    };

    /// <summary>The reasons that 1.6 has no word for are Invalid: they turn a token away all the same.</summary>
    public static Own.IdTagInfo VerdictOf(IdTokenInfo verdict) => new(
        Enum.TryParse<Own.AuthorizationStatus>(verdict.Status.ToString(), out var same)
            ? same
            : Own.AuthorizationStatus.Invalid,
        verdict.CacheExpiryDateTime, verdict.GroupIdToken?.Text);

    public static MeterValue ReadingOf(Own.MeterValue reading) => new(
        reading.Timestamp,
        [
            .. reading.SampledValue.Select(s => new SampledValue(
                decimal.Parse(s.Value, CultureInfo.InvariantCulture), s.Context, s.Measurand, s.Phase, s.Location,
                UnitOfMeasure: UnitOf(s))),
        ]);

    /// <summary>Null: the station has nothing for a profile like that.</summary>
    public static Own.ChargingProfile? ProfileOf(ChargingProfile profile)
    {
        // K01: several schedules are alternatives, for a vehicle that speaks ISO 15118; there is none here.
        var schedule = profile.ChargingSchedule[0];
        if (PurposeOf(profile.ChargingProfilePurpose) is not { } purpose
            || !Enum.TryParse<Own.ChargingProfileKindType>(profile.ChargingProfileKind.ToString(), out var kind)
            || schedule.ChargingSchedulePeriod.Any(p => p.Limit is null)) return null;
        return new Own.ChargingProfile(
            profile.Id, profile.StackLevel, purpose, kind,
            new Own.ChargingSchedule(
                Enum.Parse<Own.ChargingRateUnitType>(schedule.ChargingRateUnit.ToString()),
                [
                    .. schedule.ChargingSchedulePeriod.Select(p =>
                        new Own.ChargingSchedulePeriod(p.StartPeriod, p.Limit!.Value, p.NumberPhases)),
                ],
                schedule.Duration, schedule.StartSchedule, schedule.MinChargingRate),
            RecurrencyKind: profile.RecurrencyKind is { } recurrency
                ? Enum.Parse<Own.RecurrencyKindType>(recurrency.ToString())
                : null,
            ValidFrom: profile.ValidFrom,
            ValidTo: profile.ValidTo);
    }

    /// <summary>Null: a purpose that no profile here has.</summary>
    public static Own.ChargingProfilePurposeType? PurposeOf(ChargingProfilePurpose purpose) => purpose switch
    {
        ChargingProfilePurpose.ChargingStationMaxProfile => Own.ChargingProfilePurposeType.ChargePointMaxProfile,
        ChargingProfilePurpose.TxDefaultProfile => Own.ChargingProfilePurposeType.TxDefaultProfile,
        ChargingProfilePurpose.TxProfile => Own.ChargingProfilePurposeType.TxProfile,
        _ => null,
    };

    public static CompositeSchedule CompositeOf(Own.GetCompositeScheduleResponse answer)
    {
        var schedule = answer.ChargingSchedule!;
        return new CompositeSchedule(
            Enum.Parse<ChargingRateUnit>(schedule.ChargingRateUnit.ToString()),
            [
                .. schedule.ChargingSchedulePeriod.Select(p =>
                    new ChargingSchedulePeriod(p.StartPeriod, Limit: p.Limit, NumberPhases: p.NumberPhases)),
            ],
            schedule.Duration!.Value, answer.ConnectorId!.Value, answer.ScheduleStart!.Value);
    }

    public static CertificateHashData HashOf(Own.CertificateHashData hash) => new(
        Enum.Parse<HashAlgorithm>(hash.HashAlgorithm.ToString()), hash.IssuerKeyHash, hash.IssuerNameHash,
        hash.SerialNumber);

    public static Own.CertificateHashData HashOf(CertificateHashData hash) => new(
        Enum.Parse<Own.HashAlgorithmType>(hash.HashAlgorithm.ToString()), hash.IssuerNameHash, hash.IssuerKeyHash,
        hash.SerialNumber);

    /// <summary>The word of one enum in another that has it, too.</summary>
    public static T Same<T>(Enum word)
        where T : struct, Enum => Enum.Parse<T>(word.ToString());

    // Part 2, appendix 2: what 1.6 cannot say has a word there.
    private static UnitOfMeasure? UnitOf(Own.SampledValue value) => value switch
    {
        { Unit: { } unit } => new UnitOfMeasure(Unit: unit),
        { Measurand: "Frequency" } => new UnitOfMeasure(Unit: "Hz"),
        _ => null,
    };
}
