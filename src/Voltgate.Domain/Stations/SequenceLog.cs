using System.Globalization;

namespace Voltgate.Domain.Stations;

/// <summary>
/// Which numbers of a transaction's pieces have come (2.x seqNo), as "0-12,14". A station counts from any number and
/// may leave some out; the text stays short unless it leaves out many.
/// </summary>
public static class SequenceLog
{
    /// <summary>Beyond that the oldest ranges are taken for one.</summary>
    private const int MostRanges = 50;

    public static bool Contains(string? log, int number)
    {
        if (log is null || number > LastOf(log).To) return false; // as of nearly every piece
        foreach (var part in log.AsSpan().Split(','))
        {
            var (from, to) = RangeOf(log.AsSpan()[part]);
            if (number >= from && number <= to) return true;
        }

        return false;
    }

    /// <summary>Whether some between the first and the last are missing.</summary>
    public static bool HasGap(string? log) => log?.Contains(',', StringComparison.Ordinal) == true;

    /// <summary>The highest number that came; null: none has.</summary>
    public static int? Last(string? log) => log is null ? null : LastOf(log).To;

    public static string Add(string? log, int number)
    {
        if (log is null) return Word(number);
        var (from, to) = LastOf(log);
        return number == to + 1L
            ? string.Create(
                CultureInfo.InvariantCulture, $"{log.AsSpan(0, log.LastIndexOf(',') + 1)}{from}-{number}")
            : Insert(Read(log), number);
    }

    private static string Insert(List<(int From, int To)> ranges, int number)
    {
        ranges.Add((number, number));
        ranges.Sort();
        for (var i = ranges.Count - 1; i > 0; i--)
        {
            if (ranges[i].From > (long)ranges[i - 1].To + 1) continue;
            ranges[i - 1] = (ranges[i - 1].From, Math.Max(ranges[i - 1].To, ranges[i].To));
            ranges.RemoveAt(i);
        }

        while (ranges.Count > MostRanges)
        {
            ranges[0] = (ranges[0].From, ranges[1].To);
            ranges.RemoveAt(1);
        }

        return string.Join(',', ranges.Select(r => r.From == r.To ? Word(r.From) : $"{Word(r.From)}-{Word(r.To)}"));
    }

    private static string Word(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static List<(int From, int To)> Read(string log)
    {
        var ranges = new List<(int From, int To)>();
        foreach (var part in log.AsSpan().Split(',')) ranges.Add(RangeOf(log.AsSpan()[part]));
        return ranges;
    }

    private static (int From, int To) LastOf(string log) => RangeOf(log.AsSpan(log.LastIndexOf(',') + 1));

    // A station of 2.0.1 may count from below zero: "-3--1".
    private static (int From, int To) RangeOf(ReadOnlySpan<char> range)
    {
        var dash = range[1..].IndexOf('-') + 1;
        var from = int.Parse(dash == 0 ? range : range[..dash], CultureInfo.InvariantCulture);
        return (from, dash == 0 ? from : int.Parse(range[(dash + 1)..], CultureInfo.InvariantCulture));
    }
}
