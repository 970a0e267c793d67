using System.Buffers.Text;

namespace Voltgate.Ocpp.Rpc;

/// <summary>What JSON's grammar lets pass and no reader can use: half characters, NUL, boundless numbers.</summary>
internal static class TapeText
{
    private const int LargestExponent = 300;

    public static TapeFlaw FlawOfNumber(ReadOnlySpan<byte> number)
    {
        if (number.Length > LargestExponent) return TapeFlaw.NumberOutOfRange;
        var at = number.IndexOfAny((byte)'e', (byte)'E');
        if (at < 0) return TapeFlaw.None;
        var exponent = number[(at + 1)..].TrimStart((byte)'+');
        return Utf8Parser.TryParse(exponent, out int power, out _) && Math.Abs((long)power) <= LargestExponent
            ? TapeFlaw.None
            : TapeFlaw.NumberOutOfRange;
    }

    public static TapeFlaw FlawOfEscapes(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOf((byte)'\\'); at >= 0; at = NextEscape(text, at))
        {
            if (text[at + 1] != 'u') continue;
            var unit = UnitAt(text, at);
            if (unit == 0) return TapeFlaw.NulCharacter;
            if (char.IsLowSurrogate((char)unit) && !FollowsHigh(text, at)) return TapeFlaw.LoneSurrogate;
            if (char.IsHighSurrogate((char)unit) && !IsLowAt(text, at + 6)) return TapeFlaw.LoneSurrogate;
        }
        return TapeFlaw.None;
    }

    private static int NextEscape(ReadOnlySpan<byte> text, int at)
    {
        var from = at + (text[at + 1] == 'u' ? 6 : 2);
        var step = text[from..].IndexOf((byte)'\\');
        return step < 0 ? -1 : from + step;
    }

    // The half before this one was checked already: were it no escape of its own, it would have been refused.
    private static bool FollowsHigh(ReadOnlySpan<byte> text, int at) =>
        at >= 6 && text[at - 6] == '\\' && text[at - 5] == 'u' && char.IsHighSurrogate((char)UnitAt(text, at - 6));

    private static bool IsLowAt(ReadOnlySpan<byte> text, int at) =>
        at + 6 <= text.Length && text[at] == '\\' && text[at + 1] == 'u' && char.IsLowSurrogate((char)UnitAt(text, at));

    private static int UnitAt(ReadOnlySpan<byte> text, int at) =>
        Utf8Parser.TryParse(text.Slice(at + 2, 4), out int unit, out _, 'x') ? unit : 0;
}
