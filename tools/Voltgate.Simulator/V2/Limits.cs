using Voltgate.Ocpp.V2;
using Own = Voltgate.Ocpp.V16;

namespace Voltgate.Simulator.V2;

/// <summary>Charging profiles: 2.x block K.</summary>
internal static class Limits
{
    /// <summary>K01. A profile of a transaction must name the one that runs there (K01.FR.03, FR.09).</summary>
    public static SetChargingProfileResponse Set(Turn turn, SetChargingProfileRequest request)
    {
        var given = request.ChargingProfile;
        var running = turn.State.ChargeOf(turn.State.Connector(request.EvseId)?.Local ?? 0)?.Id;
        if (given.ChargingProfilePurpose == ChargingProfilePurpose.TxProfile
            && (given.TransactionId is null || given.TransactionId != running))
            return new(ChargingProfileStatus.Rejected, new StatusInfo("TxNotFound"));
        if (Translation.ProfileOf(given) is not { } profile)
            return new(ChargingProfileStatus.Rejected, new StatusInfo("InvalidProfile"));
        var answer = Profiles.Set(turn, new Own.SetChargingProfileRequest(request.EvseId, profile));
        return new(Translation.Same<ChargingProfileStatus>(answer.Status));
    }

    /// <summary>K10.</summary>
    public static ClearChargingProfileResponse Clear(Turn turn, ClearChargingProfileRequest request)
    {
        var wanted = request.ChargingProfileCriteria;
        var purpose = wanted?.ChargingProfilePurpose is { } word ? Translation.PurposeOf(word) : null;
        if (wanted?.ChargingProfilePurpose is not null && purpose is null)
            return new(ClearChargingProfileStatus.Unknown); // there are none of that purpose
        var answer = Profiles.Clear(turn, new Own.ClearChargingProfileRequest(
            request.ChargingProfileId, wanted?.EvseId, purpose, wanted?.StackLevel));
        return new(Translation.Same<ClearChargingProfileStatus>(answer.Status));
    }

    /// <summary>K08.</summary>
    public static GetCompositeScheduleResponse Composite(Turn turn, GetCompositeScheduleRequest request)
    {
        var answer = Schedules.Composite(turn, new Own.GetCompositeScheduleRequest(
            request.EvseId, request.Duration,
            request.ChargingRateUnit is { } unit ? Translation.Same<Own.ChargingRateUnitType>(unit) : null));
        return answer.Status == Own.GetCompositeScheduleStatus.Accepted
            ? new(GenericStatus.Accepted, Schedule: Translation.CompositeOf(answer))
            : new(GenericStatus.Rejected);
    }
}
