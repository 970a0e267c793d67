using Voltgate.Domain.Stations;
using Route = Voltgate.Ocpp.Route;

namespace Voltgate.Server.Stations;

/// <summary>The frame that an input came in, for the frame log.</summary>
/// <param name="Kind">CALL, SEND, CALLRESULT, CALLERROR; null: there was none, the station kept silent.</param>
/// <param name="MessageId">The CALL's, and so its answer's.</param>
/// <param name="Body">The payload as it was on the wire.</param>
internal sealed record InFrame(string? Kind, string Action, string MessageId, ReadOnlyMemory<byte> Body)
{
    public const string Call = "CALL";
    public const string Send = "SEND";
    public const string Result = "CALLRESULT";
    public const string Error = "CALLERROR";

    private Reply? answered;
    private byte[] answer = [];

    /// <summary>How a CALL's answer is worded; null: it is neither CALL nor SEND.</summary>
    public Route? Route { get; init; }

    /// <summary>What the dialect found doubtful, what the actor read otherwise, or why the station said no.</summary>
    public IReadOnlyList<string> Remarks { get; set; } = [];

    /// <summary>Of an answer: how long it took (µs); null: there was none.</summary>
    public long? TookUs { get; init; }

    /// <summary>Set by the actor once the frame lies in the log.</summary>
    public bool IsKept { get; set; }

    /// <summary>The payload that answers a CALL; worded once, for the log and for the station.</summary>
    public byte[] Answer(Reply reply)
    {
        if (!ReferenceEquals(reply, answered)) (answered, answer) = (reply, Route!.Answer(reply));
        return answer;
    }
}
