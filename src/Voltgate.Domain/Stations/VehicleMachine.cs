using Voltgate.Domain.Events;
using Voltgate.Domain.Sessions;

namespace Voltgate.Domain.Stations;

/// <summary>
/// What a vehicle wants to draw, and what it has chosen (OCPP 2.0.1 K15 to K17, ISO 15118): it gets the limit of its
/// session as a profile, and is held to it. Where nothing is limited there is no profile to give.
/// </summary>
internal static class VehicleMachine
{
    public static void Hear(Decision decision, VehicleTold told, string raw)
    {
        decision.Raise(new FiledEvent(told.Action, raw));
        var connector = decision.Station.ConnectorAt(told.Place);
        var session = decision.Station.Sessions.FirstOrDefault(
            s => s.Status == SessionStatus.Started && s.Connector == connector?.Id);
        decision.Subject = session?.Id;
        if (session is null || LimitOf(decision.Station, connector!, session) is not { } limit
            || PowerLimits.OfSession(decision.Station, connector!, session, limit, decision.NowMs) is not { } profile)
        {
            decision.Reply = new VehicleJudged(told.Chosen is not null);
            return;
        }

        var isWithin = told.Chosen is not { } chosen || !Exceeds(chosen, limit, connector!);
        decision.Reply = new VehicleJudged(isWithin);
        // K15.FR.03: the profile follows the answer. K15.FR.13: a vehicle that means to draw more is told it again.
        if (told.Chosen is null || !isWithin)
            decision.Tell(new Errand(ErrandKind.Vehicle, session.Id), new SetProfile(session.Place, profile));
    }

    /// <summary>The nearest limit that people set, as far as the load group allows; null: there is neither.</summary>
    private static PowerLimit? LimitOf(ChargeStation station, Connector connector, Session session)
    {
        if ((session.Limit ?? connector.Limit ?? station.Limit) is { } set)
            return PowerLimits.Under(set, connector, session);
        return (connector.Load?.ShareOf(session.Number)?.CapW ?? connector.Load?.Start?.CapW) is { } cap
            ? new PowerLimit(RateUnit.W, cap)
            : null;
    }

    private static bool Exceeds(PowerLimit chosen, PowerLimit limit, Connector connector) => chosen.Unit == limit.Unit
        ? chosen.Value > limit.Value
        : PowerLimits.Watts(chosen, connector) > PowerLimits.Watts(limit, connector);
}
