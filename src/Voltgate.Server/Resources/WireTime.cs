using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Voltgate.Server.Resources;

/// <summary>Unix milliseconds, written as ISO 8601 UTC with milliseconds: <c>2026-01-02T03:04:05.678Z</c>.</summary>
[JsonConverter(typeof(WireTimeConverter))]
internal readonly record struct WireTime(long Ms)
{
    public static WireTime? Of(long? ms) => ms is { } at ? new WireTime(at) : null;

    public override string ToString()
    {
        Span<byte> text = stackalloc byte[RoundTrip];
        return Encoding.ASCII.GetString(Format(text));
    }

    /// <summary>What a buffer must hold: the round-trip format is cut after its milliseconds.</summary>
    public const int RoundTrip = 33;

    /// <summary>The text in the buffer's first bytes; several times as fast as a custom format.</summary>
    public ReadOnlySpan<byte> Format(Span<byte> buffer)
    {
        Utf8Formatter.TryFormat(DateTime.UnixEpoch.AddMilliseconds(Ms), buffer, out _, 'O');
        buffer[23] = (byte)'Z';
        return buffer[..24];
    }
}

internal sealed class WireTimeConverter : JsonConverter<WireTime>
{
    public override WireTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetDateTimeOffset().ToUnixTimeMilliseconds());

    public override void Write(Utf8JsonWriter writer, WireTime value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[WireTime.RoundTrip];
        writer.WriteStringValue(value.Format(text));
    }
}

/// <summary>JSON kept as text and returned unchanged: <c>meta_data</c>, a command's data. Always ASCII.</summary>
[JsonConverter(typeof(WireJsonConverter))]
internal readonly record struct WireJson(string Text);

internal sealed class WireJsonConverter : JsonConverter<WireJson>
{
    public override WireJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return new WireJson(document.RootElement.GetRawText());
    }

    public override void Write(Utf8JsonWriter writer, WireJson value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Text, skipInputValidation: true);
}
