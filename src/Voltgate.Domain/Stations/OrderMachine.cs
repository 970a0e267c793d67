using Voltgate.Domain.Events;
using Voltgate.Domain.Sessions;

namespace Voltgate.Domain.Stations;

/// <summary>What the API orders of a station; refusals are values with the contract's codes.</summary>
internal static class OrderMachine
{
    private const int MostActions = 50;

    public static void Take(Decision decision, Order order)
    {
        switch (order)
        {
            case StartSession start:
                Start(decision, start);
                break;
            case StopSession stop:
                Stop(decision, stop.Session);
                break;
            case MakeReservation make:
                ReservationMachine.Make(decision, make);
                break;
            case CancelReservation cancel:
                ReservationMachine.Cancel(decision, cancel.Reservation);
                break;
            case WriteList list:
                TokenListMachine.Take(decision, list);
                break;
            case ForgetTokens forget:
                TokenListMachine.Forget(decision, forget.Tags);
                break;
            case RunCommand run:
                Run(decision, run);
                break;
            default:
                SettingsMachine.Take(decision, order);
                break;
        }
    }

    private static void Start(Decision decision, StartSession order)
    {
        if ((RefusalOf(decision.Station, order) ?? OtherCurrency(decision, order)) is { } refusal)
        {
            decision.Result = refusal;
            return;
        }

        var connector = decision.Station.ConnectorById(order.Connector)!;
        var session = Create(decision, order, connector);
        // §5.13: the station lets in the tag that it keeps the place for, not another one of the same driver.
        if (ReservationRules.Of(decision.Station, connector, order) is { } kept
            && !kept.IsFor(order.IdTag, order.Token.Group))
            session = session with { Token = kept.Token, IdTag = kept.IdTag };
        session = decision.Keep(session, EventTypes.SessionCreated);
        if (session.Payment is not null)
        {
            decision.Raise(new PaymentEvent(EventTypes.PaymentCreated, session));
            decision.Raise(new PaymentEvent(EventTypes.PaymentAuthorized, session));
        }

        AskToStart(decision, session);
        decision.Result = new SessionOrdered(session);
    }

    public static void AskToStart(Decision decision, Session session) => decision.Tell(
        new Errand(ErrandKind.Start, session.Id),
        new StartCharging(
            session.Place, session.IdTag, FutureOf(session.Target.EnergyStartMs, decision.NowMs),
            Abilities.AnyUnit(decision.Station))
        {
            Number = session.Number,
        });

    private static OrderRefused? RefusalOf(ChargeStation station, StartSession order)
    {
        if (station.ConnectorById(order.Connector) is not { } connector)
            return new("not_found", "There is no such connector.");
        if (!connector.Settings.Active || !station.Settings.Active)
            return new("connector_inactive", "The connector or its chargestation is switched off (active: false).");
        if (station.Sessions.Any(s => s.Connector == order.Connector))
            return new("connector_busy", "A session is open on this connector; stop it or wait until it ends.");
        if (!station.Online)
            return new("chargestation_offline", "The chargestation is not connected; try again when it is online.");
        if (connector.Closed)
            return new("connector_unavailable", "The location is closed; start when it opens, or change openingHours.");
        if (ReservationRules.Against(station, connector, order) is { } reserved)
            return new("connector_unavailable", reserved);
        var isOut = connector.Status is ConnectorStatus.Faulted or ConnectorStatus.Unavailable
            || (connector.Status == ConnectorStatus.Reserved
                && ReservationRules.Of(station, connector, order) is null);
        return isOut
            ? new("connector_unavailable", $"The connector reports {connector.Status}; choose another one.")
            : null;
    }

    private static OrderRefused? OtherCurrency(Decision decision, StartSession order) =>
        order.Payment is { } payment && decision.Known.Plan is { } plan && plan.Currency != payment.Currency
            ? new("wallet_currency_mismatch", "Wallet currency does not match the rate currency")
            : null;

    private static Session Create(Decision decision, StartSession order, Connector connector) => new()
    {
        Id = decision.Known.Spare.Id,
        Organization = decision.Station.Organization,
        Station = decision.Station.Id,
        Connector = connector.Id,
        Place = connector.Place,
        Status = SessionStatus.Created,
        Source = SessionSource.Api,
        Number = decision.Known.Spare.Number,
        User = order.User,
        Token = order.Token.Id,
        IdTag = order.IdTag,
        Rate = decision.Known.Plan?.Id,
        RateVersion = decision.Known.Plan?.Version ?? 0,
        Plan = decision.Known.Plan,
        TimeZone = decision.Known.TimeZone,
        Payment = order.Payment,
        Target = order.Target with { TimeMs = order.Target.TimeMs ?? decision.Known.Rules.DefaultTimeMs },
        DueAtMs = decision.NowMs + decision.Known.Rules.StartTimeoutMs,
        MetaData = order.MetaData,
        EventsFrom = decision.Station.EventSeq,
        CreatedAtMs = decision.NowMs,
    };

    private static void Stop(Decision decision, string id)
    {
        var session = decision.Station.Sessions.FirstOrDefault(s => s.Id == id);
        switch (session?.Status)
        {
            case SessionStatus.Created:
                Withdraw(decision, session);
                break;
            case SessionStatus.Started when !decision.Station.Online:
                decision.Refuse(
                    "chargestation_offline",
                    "The chargestation is not connected; the session ends when it reports so.");
                break;
            case SessionStatus.Started:
                session = decision.Keep(session with { StopRequested = session.StopRequested ?? "api" });
                TargetMachine.AskToStop(decision, session);
                decision.Result = new SessionOrdered(session);
                break;
            default:
                decision.Refuse("session_not_active", "The session is over; there is nothing to stop.");
                break;
        }
    }

    private static void Withdraw(Decision decision, Session session)
    {
        session = session with { Status = SessionStatus.Cancelled, StopReason = "api", DueAtMs = null };
        decision.Result = new SessionOrdered(decision.Keep(session, EventTypes.SessionCancelled));
    }

    private static void Run(Decision decision, RunCommand order)
    {
        if (CredentialMachine.RefusalOf(decision.Station, order) is { } refused)
        {
            decision.Result = refused;
            return;
        }

        if (Open(decision, order.Type, order.Connector, order.Data, order.Session, order.Limit) is not { } action)
            return;
        CredentialMachine.Begin(decision, order, action);
        decision.Tell(new Errand(ErrandKind.Action, action.Id), order.Command, action.DueAtMs);
        decision.Result = new ActionOrdered(action);
    }

    /// <summary>The action of a command that is to be sent; null: refused.</summary>
    public static StationAction? Open(
        Decision decision, string type, string? connector, string data, string? session = null,
        PowerLimit? limit = null)
    {
        if (!decision.Station.Online)
        {
            decision.Refuse(
                "chargestation_offline", "The chargestation is not connected; try again when it is online.");
            return null;
        }

        if (decision.Station.Actions.Length >= MostActions)
        {
            decision.Refuse("too_many_commands", "This chargestation has 50 commands waiting; try again later.");
            return null;
        }

        if (session is not null
            && !decision.Station.Sessions.Any(s => s.Id == session && s.Status == SessionStatus.Started))
        {
            decision.Refuse("session_not_active", "The session does not charge: it has not begun yet, or is over.");
            return null;
        }

        var action = new StationAction(
            decision.Known.Spare.Id, decision.Station.Organization, decision.Station.Id, connector, session,
            type, ActionStatus.APIRequested, data, null, null,
            decision.NowMs + decision.Known.Rules.CommandTimeoutMs, decision.NowMs, decision.NowMs)
        {
            Limit = limit,
        };
        decision.Keep(action, "");
        return action;
    }

    private static long? FutureOf(long? atMs, long nowMs) => atMs > nowMs ? atMs : null;
}
