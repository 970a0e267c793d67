using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Voltgate.Ocpp.V16;

namespace Voltgate.Simulator;

/// <summary>Puts sayings into JSON. A transaction's number is filled in late: offline, nobody knows it.</summary>
internal static class Wording
{
    // OCPP 1.6 says nothing of a stop whose start was never answered; -1 is what the field sends.
    private const int UnknownNumber = -1;

    public static byte[] Write(Saying saying, StationState state)
    {
        var number = state.ChargeOf(saying.Local)?.Number ?? UnknownNumber;
        object request = saying.Request switch
        {
            StopTransactionRequest stop => stop with { TransactionId = number },
            MeterValuesRequest values when saying.Local > 0 => values with { TransactionId = number },
            var other => other,
        };
        return Write(request);
    }

    public static byte[] Write(object record) =>
        JsonSerializer.SerializeToUtf8Bytes(record, (JsonTypeInfo)V16Json.Default.GetTypeInfo(record.GetType())!);
}
