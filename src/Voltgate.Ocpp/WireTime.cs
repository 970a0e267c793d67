using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp;

/// <summary>
/// Times on the wire. Read: RFC 3339, also with a blank for the T, a fraction of any length, an offset without
/// colon, or no zone (taken as UTC, flagged). Written: always yyyy-MM-ddTHH:mm:ss.fffZ, since other forms are
/// known to confuse stations.
/// </summary>
public static class WireTime
{
    private const int LengthToSeconds = 19;

    /// <summary>The first and the last instant that can be written with a four-digit year.</summary>
    private static readonly long FirstMs = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();

    private static readonly long LastMs = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static StationTime Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    public static StationTime Read(ReadOnlySpan<byte> text)
    {
        var trimmed = text.Trim((byte)' ');
        var raw = Encoding.UTF8.GetString(text);
        if (!TryReadLocal(trimmed, out var localMs, out var rest) || !TryReadZone(rest, out var offset))
            return new StationTime(null, TimeFlaw.Unreadable, raw);
        return new StationTime(
            localMs - ((offset ?? 0) * 60_000L), offset is null ? TimeFlaw.NoZone : TimeFlaw.None, raw);
    }

    public static string Write(long ms) => DateTimeOffset
        .FromUnixTimeMilliseconds(Math.Clamp(ms, FirstMs, LastMs))
        .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static bool TryReadLocal(ReadOnlySpan<byte> text, out long ms, out ReadOnlySpan<byte> rest)
    {
        ms = 0;
        rest = default;
        if (text.Length < LengthToSeconds || !HasMarks(text)) return false;
        if (!TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month)
            || !TryDigits(text[8..10], out var day) || !TryDigits(text[11..13], out var hour)
            || !TryDigits(text[14..16], out var minute) || !TryDigits(text[17..19], out var second)) return false;
        if (year is 0 || month is 0 or > 12 || day is 0 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59) return false;
        var days = new DateOnly(year, month, day).DayNumber - new DateOnly(1970, 1, 1).DayNumber;
        ms = (days * 86_400_000L) + (hour * 3_600_000L) + (minute * 60_000L) + (second * 1_000L);
        if (!TryReadFraction(text[LengthToSeconds..], out var fraction, out rest)) return false;
        ms += fraction;
        return true;
    }

    private static bool HasMarks(ReadOnlySpan<byte> text) =>
        text[4] == '-' && text[7] == '-' && text[13] == ':' && text[16] == ':'
        && text[10] is (byte)'T' or (byte)'t' or (byte)' ';

    private static bool TryReadFraction(ReadOnlySpan<byte> text, out int ms, out ReadOnlySpan<byte> rest)
    {
        ms = 0;
        rest = text;
        if (text is not [(byte)'.' or (byte)',', .. var digits]) return true;
        var length = digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (length < 0) length = digits.Length;
        rest = digits[length..];
        for (int i = 0, weight = 100; i < Math.Min(length, 3); i++, weight /= 10) ms += (digits[i] - '0') * weight;
        return length > 0;
    }

    private static bool TryReadZone(ReadOnlySpan<byte> text, out int? minutes)
    {
        minutes = null;
        if (text.IsEmpty) return true;
        minutes = 0;
        if (text is [(byte)'Z' or (byte)'z']) return true;
        if (text is not [(byte)'+' or (byte)'-', _, _, .. var tail]) return false;
        var second = tail is [(byte)':', .. var behind] ? behind : tail;
        var minute = 0;
        if (!TryDigits(text[1..3], out var hour) || hour > 18) return false;
        if (!tail.IsEmpty && (second.Length != 2 || !TryDigits(second, out minute) || minute > 59)) return false;
        minutes = (text[0] == '-' ? -1 : 1) * ((hour * 60) + minute);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9') return false;
            number = (number * 10) + (digit - '0');
        }
        return true;
    }
}

/// <summary>Writes times as <see cref="WireTime"/> does; one that could not be read as it came.</summary>
public sealed class WireTimeConverter : JsonConverter<StationTime>
{
    public override StationTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        WireTime.Read(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, StationTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.AtMs is { } ms ? WireTime.Write(ms) : value.Raw);
}
