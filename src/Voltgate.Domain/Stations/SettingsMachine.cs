using Voltgate.Domain.Events;

namespace Voltgate.Domain.Stations;

/// <summary>What people change about a station and its connectors.</summary>
internal static class SettingsMachine
{
    public static void Take(Decision decision, Order order)
    {
        switch (order)
        {
            case ReviseStation revise:
                Save(decision, decision.Station with { Settings = revise.Change(decision.Station.Settings) });
                break;
            case RenameEndpoint rename:
                Save(decision, decision.Station with { Endpoint = rename.Endpoint });
                break;
            case SecureStation secure:
                Secure(decision, secure);
                break;
            case AddConnector add:
                Add(decision, add);
                break;
            case ReviseConnector revise:
                Revise(decision, revise);
                break;
            case RemoveConnector remove:
                Remove(decision, remove.Connector);
                break;
            case RemoveStation:
                Remove(decision);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(order), order, "Not an order to a station.");
        }
    }

    /// <summary>
    /// Never back to plain text (security whitepaper, A05): what a station has shown that it can do is
    /// demanded of whoever comes in its name. What it never could is a mistake of people, and corrected.
    /// </summary>
    private static void Secure(Decision decision, SecureStation order)
    {
        var (before, wanted) = (decision.Station.Security, order.Security);
        var isProven = before >= StationSecurity.TlsBasic && decision.Station.Proven >= before;
        var isAllowed = order.Lowers && wanted == StationSecurity.TlsBasic;
        if (wanted < before && isProven && !isAllowed)
            decision.Refuse(
                "profile_downgrade",
                "The chargestation has connected by this profile; it is not lowered, except from mtls to tls_basic "
                + "with allow_downgrade: true.");
        else
            Save(decision, decision.Station with
            {
                Security = wanted,
                Raise = null,
                PasswordChange = order.RenewsPassword ? null : decision.Station.PasswordChange,
            });
    }

    private static void Save(Decision decision, ChargeStation station)
    {
        decision.Station = station with { UpdatedAtMs = decision.NowMs };
        decision.Raise(new StationEvent("chargestation." + EventTypes.Updated, decision.Station));
        decision.Result = new StationOrdered(decision.Station);
    }

    private static void Add(Decision decision, AddConnector order)
    {
        if (decision.Station.ConnectorAt(order.Place) is not null)
        {
            decision.Refuse("connector_exists", "The chargestation has a connector with this connectorId already.");
            return;
        }

        Keep(decision, EventTypes.Created, new Connector(
            decision.Known.Spare.Id, order.Place, order.Settings, null, decision.NowMs, decision.NowMs));
    }

    private static void Revise(Decision decision, ReviseConnector order)
    {
        if (decision.Station.ConnectorById(order.Connector) is { } connector)
            Keep(decision, EventTypes.Updated, connector with
            {
                Settings = order.Change(connector.Settings),
                UpdatedAtMs = decision.NowMs,
            });
        else decision.Refuse("not_found", "There is no such connector.");
    }

    private static void Keep(Decision decision, string happened, Connector connector)
    {
        decision.Keep(connector);
        decision.Raise(new ConnectorEvent("connector." + happened, decision.Station, connector));
        decision.Result = new StationOrdered(decision.Station, connector);
    }

    private static void Remove(Decision decision, string id)
    {
        if (decision.Station.ConnectorById(id) is not { } connector)
        {
            decision.Refuse("not_found", "There is no such connector.");
            return;
        }

        if (decision.Station.Sessions.Any(s => s.Connector == id))
        {
            decision.Refuse("connector_busy", "A session is open on this connector; stop it first.");
            return;
        }

        if (decision.Station.Reservations.Any(r => r.Keeps(id)))
        {
            decision.Refuse("connector_reserved", "The connector is reserved; cancel its reservation first.");
            return;
        }

        decision.Station = decision.Station with { Connectors = decision.Station.Connectors.Remove(connector) };
        decision.Raise(new ConnectorEvent("connector." + EventTypes.Deleted, decision.Station, connector));
        decision.Result = new StationOrdered(decision.Station, connector);
    }

    private static void Remove(Decision decision)
    {
        if (!decision.Station.Sessions.IsEmpty)
        {
            decision.Refuse(
                "chargestation_has_sessions",
                "Sessions belong to this chargestation; set active: false to archive it.");
            return;
        }

        if (decision.Station.Reservations.Any(r => r.IsOpen))
        {
            decision.Refuse("connector_reserved", "A connector is reserved; cancel its reservation first.");
            return;
        }

        decision.IsRemoved = true;
        decision.Raise(new StationEvent("chargestation." + EventTypes.Deleted, decision.Station));
        decision.Result = new StationOrdered(decision.Station);
    }
}
