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

    private readonly byte[] frame;
    private readonly int idAt;
    private readonly int registerAt;
    private readonly int timeAt;
    private long count;

    private Frames(string text)
    {
        frame = Encoding.ASCII.GetBytes(text);
        idAt = text.IndexOf(Id, StringComparison.Ordinal);
        registerAt = text.IndexOf(Register, StringComparison.Ordinal);
        timeAt = text.IndexOf(Time, StringComparison.Ordinal);
    }

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

    public static Frames Heartbeat() => new($$"""[2,"{{Id}}","Heartbeat",{}]""");

    public static Frames StatusNotification() => new(
        $$"""[2,"{{Id}}","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Charging"}]""");

    /// <summary>The next one; it is overwritten by the one after it.</summary>
    public ReadOnlyMemory<byte> Next(DateTimeOffset now)
    {
        count++;
        Write(idAt, count, 10);
        if (registerAt >= 0) Write(registerAt, 100_000 + count, 9);
        if (timeAt >= 0) WriteTime(now.UtcDateTime);
        return frame;
    }

    private void WriteTime(DateTime now)
    {
        Span<byte> text = stackalloc byte[33];
        Utf8Formatter.TryFormat(now, text, out _, new System.Buffers.StandardFormat('O'));
        text[..23].CopyTo(frame.AsSpan(timeAt)); // up to the milliseconds
    }

    private void Write(int at, long number, int digits)
    {
        for (var i = digits - 1; i >= 0; i--, number /= 10) frame[at + i] = (byte)('0' + number % 10);
    }

    private static string Sample(string value, string measurand, string unit, string? phase) =>
        $$"""{"value":"{{value}}","context":"Sample.Periodic","measurand":"{{measurand}}","""
        + (phase is null ? "" : $"\"phase\":\"{phase}\",")
        + $"\"location\":\"Outlet\",\"unit\":\"{unit}\"}}";
}
