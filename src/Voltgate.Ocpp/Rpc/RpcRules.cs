namespace Voltgate.Ocpp.Rpc;

/// <summary>In what the versions' RPC layers differ: the spelling of codes and what an unreadable frame gets.</summary>
/// <param name="OnNotJson">Null: ignored.</param>
/// <param name="OnUnknownType">Null: ignored (OCPP-J 1.6 §4.1.3: SHALL ignore).</param>
/// <param name="LastType">The last type of message that the version has.</param>
/// <param name="IdOfNothing">The id to answer to where none could be read; null: such a frame gets no answer.</param>
public sealed record RpcRules(
    Func<RpcErrorCode, string> Spell,
    RpcErrorCode? OnNotJson,
    RpcErrorCode OnMalformed,
    RpcErrorCode? OnUnknownType,
    string? IdOfNothing,
    FrameType LastType = FrameType.CallError)
{
    public static readonly RpcRules V16 = new(Spell16, null, RpcErrorCode.ProtocolError, null, null);

    /// <summary>OCPP-J 2.0.1 part 4 §4.2.3, §4.3.</summary>
    public static readonly RpcRules V201 = new(
        static code => code.ToString(),
        RpcErrorCode.RpcFrameworkError,
        RpcErrorCode.RpcFrameworkError,
        RpcErrorCode.MessageTypeNotSupported,
        "-1");

    /// <summary>OCPP-J 2.1 part 4 §4.1.3: two more types of message.</summary>
    public static readonly RpcRules V21 = V201 with { LastType = FrameType.Send };

    /// <summary>Whether the version can tell a peer that its answer could not be processed.</summary>
    public bool RefusesResults => LastType >= FrameType.CallResultError;

    /// <summary>The code an unfit frame is answered with; null: none.</summary>
    public RpcErrorCode? AnswerTo(BadFrame frame) => (frame.Id ?? IdOfNothing) is null ? null : frame.Kind switch
    {
        BadFrameKind.NotJson => OnNotJson,
        BadFrameKind.UnknownType => OnUnknownType,
        // An answer is never answered by an error, nor is what wants no answer.
        _ when frame.Type is not (FrameType.Call or FrameType.Unknown) => null,
        BadFrameKind.Malformed => OnMalformed,
        _ => RpcErrorCode.FormatViolation,
    };

    // OCPP-J 1.6 table 7, its spelling included; what later versions added has no word of its own there.
    private static string Spell16(RpcErrorCode code) => code switch
    {
        RpcErrorCode.FormatViolation => "FormationViolation",
        RpcErrorCode.OccurrenceConstraintViolation => "OccurenceConstraintViolation",
        RpcErrorCode.RpcFrameworkError => "ProtocolError",
        RpcErrorCode.MessageTypeNotSupported => "NotSupported",
        _ => code.ToString(),
    };
}
