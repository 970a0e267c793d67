namespace Voltgate.Ocpp.Rpc;

/// <summary>What a CALL of the peer is answered with: a payload or an error.</summary>
public readonly record struct OutboundAnswer
{
    private OutboundAnswer(ReadOnlyMemory<byte> payload, RpcErrorCode? code, string description) =>
        (Payload, Code, Description) = (payload, code, description);

    /// <summary>The CALLRESULT's payload, a JSON object.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>The CALLERROR's code; null: a CALLRESULT.</summary>
    public RpcErrorCode? Code { get; }

    public string Description { get; }

    public static OutboundAnswer Result(ReadOnlyMemory<byte> payload) => new(payload, null, "");

    public static OutboundAnswer Error(RpcErrorCode code, string description = "") => new(default, code, description);
}
