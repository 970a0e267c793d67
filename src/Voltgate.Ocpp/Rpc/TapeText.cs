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
        var taken = 0;
        while (text[taken..].IndexOf((byte)'\\') is >= 0 and var step)
        {
            var at = taken + step;
            taken = at + 2;
            if (text[at + 1] != 'u') continue;
            taken = at + 6;
            var unit = (char)UnitAt(text, at);
            if (unit == 0) return TapeFlaw.NulCharacter;
            if (char.IsLowSurrogate(unit)) return TapeFlaw.LoneSurrogate;
            if (!char.IsHighSurrogate(unit)) continue;
            if (!IsLowAt(text, taken)) return TapeFlaw.LoneSurrogate;
            taken += 6; // both halves: what looks like one behind an escaped backslash is none
        }

        return TapeFlaw.None;
    }

    private static bool IsLowAt(ReadOnlySpan<byte> text, int at) =>
        at + 6 <= text.Length && text[at] == '\\' && text[at + 1] == 'u' && char.IsLowSurrogate((char)UnitAt(text, at));

    private static int UnitAt(ReadOnlySpan<byte> text, int at) =>
        Utf8Parser.TryParse(text.Slice(at + 2, 4), out int unit, out _, 'x') ? unit : 0;
}
