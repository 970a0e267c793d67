using Voltgate.Ocpp.Rpc;

namespace Voltgate.Simulator;

/// <summary>What happens to a station: the network, the platform, the driver, time.</summary>
internal abstract record Input;

internal sealed record LinkUp : Input;

internal sealed record LinkDown : Input;

/// <summary>Time has passed.</summary>
internal sealed record Tick : Input;

/// <summary>The platform calls; <see cref="Turn.Reply"/> answers.</summary>
internal sealed record Ordered(string Action, WireValue Payload) : Input;

/// <summary>The platform answered something we said, or did not. FromQueue: it was the head of the queue.</summary>
internal sealed record Answered(Saying Saying, CallOutcome Outcome, bool FromQueue) : Input;

internal sealed record PluggedIn(int Connector, Vehicle Vehicle) : Input;

internal sealed record CardPresented(int Connector, string IdTag) : Input;

internal sealed record Unplugged(int Connector) : Input;

/// <summary>The power fails, or someone pulls the switch.</summary>
internal sealed record PowerFailed : Input;

/// <summary>A log has been put where it was wanted, or could not be.</summary>
internal sealed record Uploaded(int Request, bool Succeeded) : Input;

/// <summary>A firmware has come; null: it could not be fetched.</summary>
internal sealed record Fetched(int Request, byte[]? File) : Input;

/// <summary>What a turn wants done outside.</summary>
internal abstract record Effect;

/// <param name="Twice">Sent again with the same id once it is answered.</param>
/// <param name="LoseAnswer">The connection breaks when the answer is due.</param>
internal sealed record Send(
    Saying Saying, string Id, byte[] Payload, bool FromQueue, bool Twice = false, bool LoseAnswer = false) : Effect;

/// <summary>The connection breaks without a close, and stays away for a while.</summary>
internal sealed record BreakLink : Effect;

/// <summary>The station goes down once what it said is answered (or at once), and comes back after a while.</summary>
internal sealed record GoDown : Effect;

internal sealed record Remark(string Text) : Effect;

/// <summary>A log goes to that place; <see cref="Uploaded"/> tells how it went.</summary>
internal sealed record Upload(Uri Url, string Text, int Request) : Effect;

/// <summary>A firmware is fetched; <see cref="Fetched"/> brings it.</summary>
internal sealed record Fetch(Uri Url, int Request) : Effect;
