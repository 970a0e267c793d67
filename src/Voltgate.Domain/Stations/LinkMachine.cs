using Voltgate.Domain.Events;
using Voltgate.Domain.Sessions;

namespace Voltgate.Domain.Stations;

/// <summary>A station's connection and what it tells of itself.</summary>
internal static class LinkMachine
{
    private const int MostSettings = 5_000;

    public static void Up(Decision decision, LinkUp up)
    {
        var wasOnline = decision.Station.Online;
        ReceiptMachine.Break(decision);
        decision.Station = decision.Station with
        {
            Online = true,
            Protocol = up.Protocol,
            CameBy = up.By,
            Proven = decision.Station.Proven > up.By ? decision.Station.Proven : up.By,
            LastConnectAtMs = decision.NowMs,
            LastMessageAtMs = decision.NowMs,
            UpdatedAtMs = decision.NowMs,
        };
        CredentialMachine.Arrive(decision, up);
        if (!wasOnline) decision.Raise(new StationEvent(EventTypes.StationOnline, decision.Station));
        foreach (var session in decision.Station.Sessions)
            if (session.TargetReached) TargetMachine.AskToStop(decision, session);
        // Committed, then the process died before or after the station was told: it is told (again).
        foreach (var session in decision.Station.Sessions)
            if (decision.Known.Unheard.Contains(session.Id)) OrderMachine.AskToStart(decision, session);
        ReservationMachine.Up(decision);
        TokenListMachine.Relink(decision);
    }

    public static void Down(Decision decision)
    {
        ReceiptMachine.Break(decision);
        ZombieMachine.Adopt(decision);
        if (!decision.Station.Online) return;
        SecurityMachine.Tell(decision);
        decision.Station = decision.Station with
        {
            Online = false,
            LastDisconnectAtMs = decision.NowMs,
            UpdatedAtMs = decision.NowMs,
        };
        TokenListMachine.Relink(decision);
        decision.Raise(new StationEvent(EventTypes.StationOffline, decision.Station));
    }

    /// <summary>
    /// Sessions from before this link, ours or the station's restart: where they stand is asked, nothing is closed
    /// (OCPP 1.6 §5.17 TriggerMessage). A station that does not know the command is left alone.
    /// </summary>
    public static void Settled(Decision decision)
    {
        if (!decision.Station.Online || decision.Station.Quirks.Trigger is { IsSupported: false }) return;
        // Quirk 16: some never say what they are when they come back; they are asked once.
        if (decision.Station.BootInfo is null)
            decision.Tell(
                new Errand(ErrandKind.Probe, decision.Station.Id), new TriggerReport("BootNotification", null));
        foreach (var session in decision.Station.Sessions)
            if (session.Status == SessionStatus.Started && IsUnheard(decision.Station, session)) Ask(decision, session);
    }

    // 2.0.1 E14: what became of a transaction is asked where the version has a question for that.
    private static void Ask(Decision decision, Session session)
    {
        if (session.Transaction is { } transaction && Abilities.KnowsTransactions(decision.Station))
            decision.Tell(new Errand(ErrandKind.Standing, session.Id), new ReadTransaction(transaction));
        else
            decision.Tell(
                new Errand(ErrandKind.Probe, session.Id), new TriggerReport("StatusNotification", session.Place));
    }

    /// <summary>Nothing has been heard of the session since the station is connected.</summary>
    public static bool IsUnheard(ChargeStation station, Session session) =>
        session.UpdatedAtMs < station.LastConnectAtMs;

    /// <summary>
    /// OCPP 1.6 §4.2 BootNotification. Sessions stay open: their stop may still be in the station's queue.
    /// </summary>
    public static void Boot(Decision decision, BootInfo info)
    {
        var before = decision.Station.BootInfo;
        decision.Station = decision.Station with
        {
            BootInfo = info,
            LastBootAtMs = decision.NowMs,
            UpdatedAtMs = decision.NowMs,
        };
        decision.Reply = new BootAnswered(true, decision.NowMs, decision.Known.HeartbeatSeconds);
        var isReplaced = before?.ChargePointSerialNumber is { Length: > 0 } old
            && info.ChargePointSerialNumber is { Length: > 0 } serial && serial != old;
        foreach (var session in decision.Station.Sessions)
        {
            if (session.Status != SessionStatus.Started) continue;
            if (isReplaced) StopMachine.CloseUnheard(decision, session, "station_replaced");
            else Interrupt(decision, session);
        }

        LoadMachine.Doubt(decision);
        ReservationMachine.Boot(decision);
        TokenListMachine.Boot(decision);
        decision.Raise(new StationEvent(EventTypes.StationBoot, decision.Station));
    }

    public static void Pulse(Decision decision)
    {
        ArrivalMachine.Look(decision);
        decision.Reply = new PulseAnswered(decision.NowMs);
    }

    public static void Firmware(Decision decision, string status)
    {
        decision.Reply = Noted.Instance;
        decision.Station = decision.Station with { FirmwareStatus = status, UpdatedAtMs = decision.NowMs };
        decision.Raise(new StationEvent(EventTypes.FirmwareStatus, decision.Station));
    }

    public static void Diagnostics(Decision decision, string status)
    {
        decision.Reply = Noted.Instance;
        decision.Station = decision.Station with { DiagnosticsStatus = status, UpdatedAtMs = decision.NowMs };
        decision.Raise(new StationEvent(EventTypes.DiagnosticsStatus, decision.Station));
    }

    /// <summary>2.x B07: the newest word of each setting counts; a station has far fewer than are kept.</summary>
    public static void Settings(Decision decision, SettingsReported report)
    {
        decision.Reply = Noted.Instance;
        var known = decision.Station.Configuration.ToBuilder();
        foreach (var (key, value) in report.Values)
            if (known.Count < MostSettings || known.ContainsKey(key)) known[key] = value;
        decision.Station = decision.Station with
        {
            Configuration = known.ToImmutable(),
            UpdatedAtMs = decision.NowMs,
        };
    }

    /// <summary>What only people make something of.</summary>
    public static void Relay(Decision decision, Filed filed)
    {
        decision.Reply = Noted.Instance;
        // A stream is for whoever reads frames: it may have a message a second.
        if (filed.Action != "NotifyPeriodicEventStream") decision.Raise(new FiledEvent(filed.Action, filed.Json));
        // One that nobody created must be reported in full (StatusNotification).
        foreach (var status in filed.Statuses)
            if (decision.Station.ConnectorAt(status.Place) is not null)
                ConnectorMachine.Report(decision, status, filed.Json);
    }

    /// <summary>What the provider of contracts said goes back; what it was asked is kept.</summary>
    public static void Consult(Decision decision, Consulted consulted)
    {
        Relay(decision, consulted.Told);
        decision.Reply = new Advised(consulted.Advice ?? ContractAdvice.None);
    }

    private static void Interrupt(Decision decision, Session session)
    {
        if (!session.Interrupted)
            decision.Keep(session with { Interrupted = true });
    }
}
