namespace Voltgate.Server.Hosting;

/// <summary>Guesses what somebody meant to write.</summary>
internal static class Spelling
{
    /// <summary>The nearest of the words, or null when none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> words)
    {
        var (nearest, distance) = words
            .Select(w => (Word: w, Distance: Distance(word.ToUpperInvariant(), w.ToUpperInvariant())))
            .MinBy(w => w.Distance);
        return distance <= Math.Max(2, word.Length / 4) ? nearest : null;
    }

    /// <summary>Letters to insert, delete or change (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
