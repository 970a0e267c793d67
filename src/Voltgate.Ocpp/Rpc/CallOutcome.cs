namespace Voltgate.Ocpp.Rpc;

/// <summary>How long a CALL of ours may take in all, and who wants to know that it goes out.</summary>
/// <param name="Life">
/// From the queue to the answer. Null: <see cref="RpcOptions"/> alone decides. A longer one than
/// <see cref="RpcOptions.AnswerTimeout"/> lets the calls behind it go out then, and its answer still counts.
/// </param>
/// <param name="OnSend">Called just before the CALL is written, so before any answer to it.</param>
public readonly record struct CallPatience(TimeSpan? Life = null, Action? OnSend = null);

/// <summary>How a CALL of ours ended. Never an exception: a silent or missing peer is an ordinary case.</summary>
public abstract record CallOutcome;

/// <summary>The peer answered with a CALLRESULT.</summary>
public sealed record CallAnswered(WireValue Payload) : CallOutcome;

/// <summary>The peer answered with a CALLERROR.</summary>
/// <param name="Word">The code as the peer spelt it.</param>
/// <param name="Payload">Code, description and details as a JSON object.</param>
public sealed record CallRefused(RpcErrorCode Code, string Word, string Description, string Payload) : CallOutcome;

/// <summary>Sent, and no answer in time.</summary>
public sealed record CallTimedOut : CallOutcome;

/// <summary>Sent, and the connection ended before an answer: whether the peer acted on it is unknown.</summary>
public sealed record CallCutOff : CallOutcome;

/// <summary>Never sent: the peer knows nothing of it.</summary>
public sealed record CallUnsent(UnsentReason Reason) : CallOutcome;

public enum UnsentReason
{
    NotConnected,
    QueueFull,
    Expired,
}
