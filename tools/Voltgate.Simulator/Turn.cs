using Voltgate.Domain.Stations;
using Voltgate.Ocpp.Rpc;

namespace Voltgate.Simulator;

/// <summary>One step of the station's decisions: the state as it becomes, and what is to be done outside.</summary>
internal sealed class Turn(StationState state, StationOptions options, long nowMs, long realMs)
{
    // 1970-01-01T00:00:00Z plus the hour since the station was switched on.
    private const long DeadClockMs = 3_600_000;

    public StationState State { get; set; } = state;

    public StationOptions Options => options;

    /// <summary>The station's own time: of charging and of timestamps.</summary>
    public long NowMs => nowMs;

    /// <summary>The time of the network: of heartbeats and retries, which do not hurry.</summary>
    public long RealMs => realMs;

    public List<Effect> Effects { get; } = [];

    public OutboundAnswer Reply { get; set; }

    /// <summary>The words of the version that the station speaks.</summary>
    public Wording Words { get; } = Wording.Of(options.Version);

    public string SerialNumber => options.SerialNumber ?? $"VS-{options.Seed:D6}";

    public bool CanSpeak => State is { Online: true, Booted: true };

    public bool Has(Mishaps mishap) => options.Mishaps.HasFlag(mishap);

    public int Seconds(string key, int otherwise) =>
        State.Configuration.TryGetValue(key, out var text) && int.TryParse(text, out var value) ? value : otherwise;

    public bool Flag(string key) =>
        State.Configuration.TryGetValue(key, out var text) && text.Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The time as the station believes it.</summary>
    public StationTime Stamp(long ms) =>
        StationTime.At(Has(Mishaps.Clock1970) ? ms - (nowMs / 86_400_000 * 86_400_000) + DeadClockMs : ms);

    public void Set(ConnectorState connector) =>
        State = State with { Connectors = State.Connectors.SetItem(connector.Number - 1, connector) };

    public void Set(Charge charge) => State = State with { Charges = State.Charges.SetItem(charge.Local - 1, charge) };

    /// <summary>Says it now, or, where nobody listens, never.</summary>
    public void Say(Saying saying)
    {
        if (State.Online) Effects.Add(new Send(saying, NewId(), Words.Write(saying, State), FromQueue: false));
    }

    /// <summary>Keeps it until the platform has taken it.</summary>
    public void Enqueue(Saying saying)
    {
        var queued = new QueuedSaying(saying, NewId());
        State = State with { Queue = State.Queue.Add(queued) };
        Outbox.Pump(this);
    }

    /// <summary>Says it with the next tick: the answer to a command goes before what it causes.</summary>
    public void Later(Saying saying) => State = State with { Soon = State.Soon.Add(saying) };

    public void Remark(string text) => Effects.Add(new Remark(text));

    public string NewId()
    {
        State = State with { LastId = State.LastId + 1 };
        return Has(Mishaps.RepeatsIds) ? $"{State.LastId}"
            : $"{options.Seed:x8}-{State.LastId}-{NowMs % 100_000_000:x}";
    }
}
