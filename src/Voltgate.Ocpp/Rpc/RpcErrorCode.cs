namespace Voltgate.Ocpp.Rpc;

/// <summary>Why a CALL was not served: the union of OCPP-J 1.6 table 7 and OCPP-J 2.x part 4 §4.3.</summary>
public enum RpcErrorCode
{
    GenericError,
    NotImplemented,
    NotSupported,
    InternalError,
    ProtocolError,
    SecurityError,
    FormatViolation,
    PropertyConstraintViolation,
    OccurrenceConstraintViolation,
    TypeConstraintViolation,
    RpcFrameworkError,
    MessageTypeNotSupported,
}

public static class RpcErrorCodes
{
    /// <summary>The code of any version's spelling; an unknown word is GenericError.</summary>
    public static RpcErrorCode Parse(string? word) => word switch
    {
        "FormationViolation" => RpcErrorCode.FormatViolation,
        "OccurenceConstraintViolation" => RpcErrorCode.OccurrenceConstraintViolation,
        _ => Enum.TryParse<RpcErrorCode>(word, out var code) && Enum.IsDefined(code) && !char.IsDigit(word[0])
            ? code
            : RpcErrorCode.GenericError,
    };
}
