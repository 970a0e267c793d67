using System.Buffers.Text;
using System.Text;

namespace Voltgate.Bench.Load;

/// <summary>
/// One station's CALL, sent again and again: its id counts, a meter reading's register and clock go on in place.
/// </summary>
internal sealed class Frames
{
    private const string Id = "0000000000";
    private const string Register = "000100000.0";
    private const string Time = "2026-01-01T00:00:00.000Z";

    // JSON's numbers begin with no zero.
    private const string Number = "1000000000";
    private const string NumberedRegister = "100100000.0";

    private readonly byte[] frame;
    private readonly int idAt;
    private readonly int sequenceAt;
    private readonly int registerAt;
    private readonly long firstRegister;
    private readonly int[] timesAt;
    private long count;

    private Frames(string text)
    {
        frame = Encoding.ASCII.GetBytes(text);
        idAt = text.IndexOf(Id, StringComparison.Ordinal);
        sequenceAt = text.IndexOf(Number, StringComparison.Ordinal);
        var register = sequenceAt < 0 ? Register : NumberedRegister;
        registerAt = text.IndexOf(register, StringComparison.Ordinal);
        firstRegister = sequenceAt < 0 ? 100_000 : 100_100_000;
        timesAt = [.. Occurrences(text, Time)];
    }

    /// <summary>The seqNo that a transaction begins with, so that no number is left out.</summary>
    public static long FirstSequence { get; } = 1_000_000_000;

    public int Length => frame.Length;

    /// <summary>870 bytes: register, power, voltage and three currents of a 22 kW charger.</summary>
    public static Frames MeterValues(int transaction) => new(
        $$"""[2,"{{Id}}","MeterValues",{"connectorId":1,"transactionId":{{transaction}},"meterValue":[{"""
        + $"\"timestamp\":\"{Time}\",\"sampledValue\":["
        + Sample(Register, "Energy.Active.Import.Register", "Wh", null) + ","
        + Sample("11040.0", "Power.Active.Import", "W", null) + ","
        + Sample("230.1", "Voltage", "V", "L1-N") + ","
        + Sample("16.02", "Current.Import", "A", "L1") + ","
        + Sample("15.98", "Current.Import", "A", "L2") + ","
        + Sample("16.00", "Current.Import", "A", "L3") + "]}]}]");

    /// <summary>The same readings as a piece of a transaction of 2.x.</summary>
    public static Frames TransactionEvent(string transaction) => new(
        $$"""[2,"{{Id}}","TransactionEvent",{"eventType":"Updated","timestamp":"{{Time}}","triggerReason":"""
        + $"\"MeterValuePeriodic\",\"seqNo\":{Number},\"transactionInfo\":{{\"transactionId\":\"{transaction}\","
        + $"\"chargingState\":\"Charging\"}},\"meterValue\":[{{\"timestamp\":\"{Time}\",\"sampledValue\":["
        + Measured(NumberedRegister, "Energy.Active.Import.Register", "Wh", null) + ","
        + Measured("11040.0", "Power.Active.Import", "W", null) + ","
        + Measured("230.1", "Voltage", "V", "L1-N") + ","
        + Measured("16.02", "Current.Import", "A", "L1") + ","
        + Measured("15.98", "Current.Import", "A", "L2") + ","
        + Measured("16.00", "Current.Import", "A", "L3") + "]}]}]");

    public static Frames Heartbeat() => new($$"""[2,"{{Id}}","Heartbeat",{}]""");

    public static Frames StatusNotification() => new(
        $$"""[2,"{{Id}}","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Charging"}]""");

    /// <summary>The next one; it is overwritten by the one after it.</summary>
    public ReadOnlyMemory<byte> Next(DateTimeOffset now)
    {
        count++;
        Write(idAt, count, 10);
        if (sequenceAt >= 0) Write(sequenceAt, FirstSequence + count, 10);
        if (registerAt >= 0) Write(registerAt, firstRegister + count, 9);
        if (timesAt.Length > 0) WriteTime(now.UtcDateTime);
        return frame;
    }

    private void WriteTime(DateTime now)
    {
        Span<byte> text = stackalloc byte[33];
        Utf8Formatter.TryFormat(now, text, out _, new System.Buffers.StandardFormat('O'));
        foreach (var at in timesAt) text[..23].CopyTo(frame.AsSpan(at)); // up to the milliseconds
    }

    private static IEnumerable<int> Occurrences(string text, string part)
    {
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0;
             at = text.IndexOf(part, at + 1, StringComparison.Ordinal)) yield return at;
    }

    private void Write(int at, long number, int digits)
    {
        for (var i = digits - 1; i >= 0; i--, number /= 10) frame[at + i] = (byte)('0' + number % 10);
    }

    private static string Measured(string value, string measurand, string unit, string? phase) =>
        $$"""{"value":{{value}},"context":"Sample.Periodic","measurand":"{{measurand}}","""
        + (phase is null ? "" : $"\"phase\":\"{phase}\",")
        + $"\"location\":\"Outlet\",\"unitOfMeasure\":{{\"unit\":\"{unit}\"}}}}";

    private static string Sample(string value, string measurand, string unit, string? phase) =>
        $$"""{"value":"{{value}}","context":"Sample.Periodic","measurand":"{{measurand}}","""
        + (phase is null ? "" : $"\"phase\":\"{phase}\",")
        + $"\"location\":\"Outlet\",\"unit\":\"{unit}\"}}";
}
