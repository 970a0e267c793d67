using Voltgate.Domain.Events;

namespace Voltgate.Domain.Stations;

/// <summary>
/// New passwords and stronger profiles on their way to a station. Both the old and the new open the door until it is
/// known which one the station has: it said so, or it came by one of them (reliability O09; security whitepaper, A05).
/// </summary>
internal static class CredentialMachine
{
    public static OrderRefused? RefusalOf(ChargeStation station, RunCommand order)
    {
        if (order.ChangesPassword && station.PasswordChange is not null)
            return new(
                "password_pending",
                "Whether the station took its last password is known when it connects next; reset it, then try again.");
        return order.Raises <= station.Security
            ? new("profile_downgrade", "The chargestation must come by this profile, or a stronger one, already.")
            : null;
    }

    public static void Begin(Decision decision, RunCommand order, StationAction action)
    {
        if (order.ChangesPassword) decision.Station = decision.Station with { PasswordChange = action.Id };
        if (order.Raises is { } to) decision.Station = decision.Station with { Raise = new(to, action.Id) };
    }

    /// <summary>A clear word settles it. Silence does not: the station may have obeyed.</summary>
    public static void Settle(Decision decision, StationAction action, Receipt receipt)
    {
        var wasSaidNo = receipt.Answer is Answer.Rejected or Answer.Unsupported
            || (receipt.Answer == Answer.TimedOut && action.Status == ActionStatus.APIRequested);
        if (decision.Station.PasswordChange == action.Id && (wasSaidNo || receipt.Answer == Answer.Accepted))
            Decide(decision, isTaken: !wasSaidNo);
        if (decision.Station.Raise?.Action == action.Id && wasSaidNo)
            decision.Station = decision.Station with { Raise = null };
    }

    /// <summary>The station has come, and by what it came tells what it has.</summary>
    public static void Arrive(Decision decision, LinkUp up)
    {
        if (up.Password is { } used && decision.Station.PasswordChange == used.Action) Decide(decision, used.IsNew);
        if (decision.Station.Raise is not { } raise || up.By < raise.To) return;
        decision.Station = decision.Station with { Security = raise.To, Raise = null };
        decision.Raise(new StationEvent("chargestation." + EventTypes.Updated, decision.Station));
    }

    private static void Decide(Decision decision, bool isTaken)
    {
        decision.Station = decision.Station with { PasswordChange = null };
        decision.Password = isTaken ? PasswordFate.Taken : PasswordFate.Dropped;
    }
}
