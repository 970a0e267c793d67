using System.Net.WebSockets;

namespace Voltgate.Ocpp.Rpc;

/// <summary>Limits of one connection.</summary>
public sealed record RpcOptions
{
    public required RpcRules Rules { get; init; }

    /// <summary>
    /// How long a CALL of ours holds up the next ones once it is on the wire; also the end of its wait for an answer,
    /// unless its <see cref="CallPatience"/> is longer.
    /// </summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a CALL of ours may wait for its turn, unless it has a life of its own.</summary>
    public TimeSpan QueueTtl { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>CALLs of ours that may wait for their turn, besides the one on the wire.</summary>
    public int QueueLimit { get; init; } = 50;

    /// <summary>CALLs of the peer that may wait while one is served; one more closes with 1008.</summary>
    public int InboundQueueLimit { get; init; } = 20;

    /// <summary>
    /// Messages of the peer that are worked on in a second; 0: as they come. Those that come too early wait, CALLs
    /// among those of <see cref="InboundQueueLimit"/>.
    /// </summary>
    public int MessagesPerSecond { get; init; }

    /// <summary>Messages that a peer which has rested may send without waiting.</summary>
    public int MessageBurst { get; init; } = 200;

    /// <summary>Where <see cref="RpcConnection.MaxMessageBytes"/> starts; a larger message closes with 1009.</summary>
    public int MaxMessageBytes { get; init; } = 64 * 1024;

    /// <summary>From a message's first byte to its last; slower ones close with 1008.</summary>
    public TimeSpan MessageTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A peer that does not take a message within this is cut off.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bound of the closing handshake.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Unreadable messages within a minute that close with 1008; fewer are ignored.</summary>
    public int UnreadablePerMinute { get; init; } = 10;
}

/// <summary>Looks on; must be quick and must not throw. Any of the hooks may be absent.</summary>
public sealed record RpcObserver
{
    /// <summary>Each whole message, readable or not, before it is worked on.</summary>
    public Action<FrameDirection, ReadOnlyMemory<byte>>? OnFrame { get; init; }

    public Action<RpcIncident>? OnIncident { get; init; }
}

public enum FrameDirection
{
    In,
    Out,
}

public enum IncidentKind
{
    /// <summary>A message that is no frame; Detail says why.</summary>
    BadFrame,

    /// <summary>An answer to a CALL that had timed out.</summary>
    LateAnswer,

    /// <summary>An answer to a CALL that was never sent.</summary>
    UnknownAnswer,

    /// <summary>A CALL while another was being served (OCPP-J 1.6 §4.1.1: SHOULD NOT).</summary>
    OverlappingCall,

    /// <summary>The peer could not process an answer of ours (CALLRESULTERROR); Detail: its code and why.</summary>
    AnswerRefused,

    /// <summary>The handler threw; the peer got InternalError.</summary>
    HandlerFailed,
}

/// <summary>Something that broke the protocol and not the connection.</summary>
public sealed record RpcIncident(IncidentKind Kind, string? MessageId, string Detail, Exception? Exception = null);

public enum RpcEndKind
{
    ClosedByPeer,
    ClosedByUs,
    Broken,
}

/// <summary>Which bound a peer broke, so that it was closed.</summary>
public enum Breach
{
    /// <summary>More CALLs waited than may.</summary>
    TooManyCalls,

    /// <summary>Too many messages that are no OCPP-J.</summary>
    Unreadable,

    /// <summary>A message of too many bytes.</summary>
    TooBig,

    /// <summary>A message that did not end in time.</summary>
    TooSlow,

    /// <summary>A message in too many fragments.</summary>
    TooManyPieces,

    /// <summary>A message that is no text.</summary>
    Binary,
}

internal static class Breaches
{
    /// <summary>What a connection is closed with for it.</summary>
    public static WebSocketCloseStatus Status(this Breach breach) => breach switch
    {
        Breach.Binary => WebSocketCloseStatus.InvalidMessageType,
        Breach.TooBig => WebSocketCloseStatus.MessageTooBig,
        _ => WebSocketCloseStatus.PolicyViolation,
    };
}

/// <summary>How a connection ended. Status: null where no close frame was seen.</summary>
public sealed record RpcEnd(RpcEndKind Kind, WebSocketCloseStatus? Status, string Reason)
{
    /// <summary>Null: none, it ended otherwise.</summary>
    public Breach? Breach { get; init; }
}
