namespace Voltgate.Domain.Stations;

/// <summary>Keeps what people allow, once the station has taken it: load groups go no higher.</summary>
internal static class LimitMachine
{
    public static void Keep(Decision decision, StationAction action)
    {
        var verb = action.Type[(action.Type.IndexOf('.', StringComparison.Ordinal) + 1)..];
        if (verb is "set_charging_profile" or "clear_charging_profile") LoadMachine.Doubt(decision);
        if (verb is not ("set_power_limit" or "clear_power_limit")) return;
        if (action.Session is { } session)
        {
            if (decision.Station.Sessions.FirstOrDefault(s => s.Id == session) is not { } running) return;
            decision.Keep(running with { Limit = action.Limit });
            LoadMachine.DoubtShare(decision, running.Connector);
        }
        else if (action.Connector is { } id)
        {
            if (decision.Station.ConnectorById(id) is not { } connector) return;
            decision.Keep(connector with { Limit = action.Limit });
            LoadMachine.DoubtStart(decision, id);
        }
        else decision.Station = decision.Station with { Limit = action.Limit }; // a ceiling: no profile of ours goes
    }
}
