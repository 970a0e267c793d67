using System.Text.Json;

namespace Voltgate.Ocpp.Rpc;

/// <summary>OCPP-J 1.6 table 2, OCPP-J 2.1 table 3.</summary>
public enum FrameType
{
    Unknown = 0,
    Call = 2,
    CallResult = 3,
    CallError = 4,

    /// <summary>An answer could not be processed. OCPP 2.1.</summary>
    CallResultError = 5,

    /// <summary>A CALL that is not answered. OCPP 2.1.</summary>
    Send = 6,
}

public enum BadFrameKind
{
    /// <summary>No JSON array at all.</summary>
    NotJson,

    /// <summary>An array whose first element is none of the message types.</summary>
    UnknownType,

    /// <summary>Too few or too many elements, or an id or action that cannot be one.</summary>
    Malformed,

    /// <summary>Well formed but for what the JSON holds: see <see cref="BadFrame.Flaw"/>.</summary>
    UnfitJson,
}

/// <summary>One OCPP-J message. Text: the whole of it as received; the frame owns those bytes.</summary>
public abstract record Frame(ReadOnlyMemory<byte> Text)
{
    public const int MaxIdLength = 36;

    /// <summary>Reads one text message. Never throws: what cannot be read is a <see cref="BadFrame"/>.</summary>
    /// <param name="last">The last of the types that the version has; later ones are unknown to it.</param>
    public static Frame Parse(ReadOnlyMemory<byte> text, FrameType last = FrameType.CallError)
    {
        var tape = Tape.Read(text);
        if (tape.Flaw == TapeFlaw.NotJson || tape.Tokens is not [{ Kind: JsonTokenType.StartArray }, ..])
            return new BadFrame(text, BadFrameKind.NotJson, "not a JSON array");

        var parts = PartsOf(tape);
        var type = TypeOf(parts) is var read && read <= last ? read : FrameType.Unknown;
        var id = parts.Count > 1 ? ReadableId(parts[1]) : null;
        if (parts.Count > 0 && type == FrameType.Unknown)
            return new BadFrame(text, BadFrameKind.UnknownType, "unknown message type", id);
        if (id is null) return new BadFrame(text, BadFrameKind.Malformed, "no readable message id", null, type);
        return tape.Flaw == TapeFlaw.None
            ? FrameOf(text, type, id, parts)
            : new BadFrame(text, BadFrameKind.UnfitJson, tape.Flaw.ToString(), id, type) { Flaw = tape.Flaw };
    }

    private static Frame FrameOf(ReadOnlyMemory<byte> text, FrameType type, string id, List<WireValue> parts) =>
        (type, parts.Count) switch
        {
            (FrameType.Call or FrameType.Send, 4) when parts[2].AsText() is { Length: > 0 and <= 255 } action =>
                new Call(text, id, action, parts[3]) { IsSend = type == FrameType.Send },
            (FrameType.CallResult, 3) => new CallResult(text, id, parts[2]),
            // Stations leave out the description or the details, though §4.2.3 requires both.
            (FrameType.CallError or FrameType.CallResultError, >= 3 and <= 5) when parts[2].AsText() is { } code =>
                new CallError(
                    text, id, RpcErrorCodes.Parse(code), code,
                    parts.Count > 3 ? parts[3].AsText() ?? "" : "",
                    parts.Count > 4 ? parts[4] : WireValue.Empty)
                {
                    IsOfResult = type == FrameType.CallResultError,
                },
            _ => new BadFrame(text, BadFrameKind.Malformed, "wrong number or kind of elements", id, type),
        };

    // One more than any frame has is enough to tell that there are too many.
    private static List<WireValue> PartsOf(Tape tape)
    {
        var parts = new List<WireValue>(5);
        for (var i = 1; i < tape.Tokens.Length && parts.Count <= 5; i = tape.Tokens[i].Next)
            parts.Add(new WireValue(tape, i));
        return parts;
    }

    // "2" and 2.0 are no message types: only the digit itself is.
    private static FrameType TypeOf(List<WireValue> parts) => parts is [{ Kind: JsonTokenType.Number } first, ..]
        ? first.Utf8.Span switch
        {
            [(byte)'2'] => FrameType.Call,
            [(byte)'3'] => FrameType.CallResult,
            [(byte)'4'] => FrameType.CallError,
            [(byte)'5'] => FrameType.CallResultError,
            [(byte)'6'] => FrameType.Send,
            _ => FrameType.Unknown,
        }
        : FrameType.Unknown;

    private static string? ReadableId(WireValue part) =>
        part.AsText() is { Length: > 0 and <= MaxIdLength } id ? id : null;
}

/// <summary>[2, id, action, payload], or [6, id, action, payload]</summary>
public sealed record Call(ReadOnlyMemory<byte> Text, string Id, string Action, WireValue Payload) : Frame(Text)
{
    /// <summary>It is a SEND (OCPP-J 2.1 §4.2.4): it may come at any time, and is never answered.</summary>
    public bool IsSend { get; init; }
}

/// <summary>[3, id, payload]</summary>
public sealed record CallResult(ReadOnlyMemory<byte> Text, string Id, WireValue Payload) : Frame(Text);

/// <summary>[4, id, code, description, details], or 5. Word: the code as the peer spelt it.</summary>
public sealed record CallError(
    ReadOnlyMemory<byte> Text, string Id, RpcErrorCode Code, string Word, string Description, WireValue Details)
    : Frame(Text)
{
    /// <summary>It is a CALLRESULTERROR (OCPP-J 2.1 §4.2.3): what it refuses is our answer.</summary>
    public bool IsOfResult { get; init; }

    /// <summary>The error as a JSON object: {"errorCode", "errorDescription", "errorDetails"}.</summary>
    public string ToJson() =>
        $"{{\"errorCode\":\"{JsonEncodedText.Encode(Word)}\"," +
        $"\"errorDescription\":\"{JsonEncodedText.Encode(Description)}\",\"errorDetails\":{Details}}}";
}

/// <summary>A message that is none of the others. Id is null where it could not be read.</summary>
public sealed record BadFrame(
    ReadOnlyMemory<byte> Text, BadFrameKind Kind, string Reason, string? Id = null, FrameType Type = FrameType.Unknown)
    : Frame(Text)
{
    public TapeFlaw Flaw { get; init; }
}
