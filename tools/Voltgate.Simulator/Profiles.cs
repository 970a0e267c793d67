using Voltgate.Ocpp.V16;

namespace Voltgate.Simulator;

/// <summary>Charging profiles as a station takes and drops them (OCPP 1.6 §5.16, §5.5).</summary>
internal static class Profiles
{
    public static SetChargingProfileResponse Set(Turn turn, SetChargingProfileRequest request)
    {
        if (turn.Has(Mishaps.Rejects) || !Fits(turn, request.ConnectorId, request.CsChargingProfiles))
            return new(ChargingProfileStatus.Rejected);
        Install(turn, new InstalledProfile(request.ConnectorId, request.CsChargingProfiles));
        return new(ChargingProfileStatus.Accepted);
    }

    public static ClearChargingProfileResponse Clear(Turn turn, ClearChargingProfileRequest request)
    {
        // §5.5: what fits all that is given; with an id nothing else counts.
        var left = turn.State.Profiles.RemoveAll(p => request.Id is { } id
            ? p.Profile.ChargingProfileId == id
            : (request.ConnectorId is not { } connector || connector == p.Connector)
                && (request.ChargingProfilePurpose is not { } purpose || purpose == p.Profile.ChargingProfilePurpose)
                && (request.StackLevel is not { } level || level == p.Profile.StackLevel));
        if (turn.Has(Mishaps.Rejects) || left.Count == turn.State.Profiles.Count)
            return new(ClearChargingProfileStatus.Unknown);
        turn.State = turn.State with { Profiles = left };
        return new(ClearChargingProfileStatus.Accepted);
    }

    /// <summary>§5.16: the same id, or the same purpose and stack level of the connector, gives way.</summary>
    public static void Install(Turn turn, InstalledProfile installed)
    {
        var profile = installed.Profile;
        turn.State = turn.State with
        {
            Profiles = turn.State.Profiles
                .RemoveAll(p => p.Profile.ChargingProfileId == profile.ChargingProfileId
                    || (p.Connector == installed.Connector && p.Profile.StackLevel == profile.StackLevel
                        && p.Profile.ChargingProfilePurpose == profile.ChargingProfilePurpose))
                .Add(installed),
        };
    }

    /// <summary>§3.13.1: a TxProfile ends with its transaction.</summary>
    public static void End(Turn turn, int connector) => turn.State = turn.State with
    {
        Profiles = turn.State.Profiles.RemoveAll(p => p.Connector == connector
            && p.Profile.ChargingProfilePurpose == ChargingProfilePurposeType.TxProfile),
    };

    private static bool Fits(Turn turn, int connector, ChargingProfile profile)
    {
        if (connector > turn.State.Connectors.Length
            || profile.StackLevel > turn.Seconds(Configuration.ChargeProfileMaxStackLevel, 10)
            || profile.ChargingSchedule.ChargingSchedulePeriod.Count is 0 or > 24
            || profile.ChargingSchedule.ChargingSchedulePeriod[0].StartPeriod != 0) return false;
        return profile.ChargingProfilePurpose switch
        {
            ChargingProfilePurposeType.ChargePointMaxProfile => connector == 0,
            ChargingProfilePurposeType.TxProfile =>
                turn.State.ChargeOf(turn.State.Connector(connector)?.Local ?? 0) is { } charge
                && (profile.TransactionId is not { } number || number == charge.Number),
            _ => true,
        };
    }
}
