using System.Text;

namespace Voltgate.Server.Storage;

/// <summary>What <c>search=</c> looks through, as it stands in a row's column <c>search</c>.</summary>
internal static class SearchText
{
    /// <summary>An entry of an index on PostgreSQL has at most 2704 bytes; a char takes three at most.</summary>
    private const int Most = 800;

    /// <summary>The texts in lower case, one a line, so that no word stands across two of them.</summary>
    /// <param name="texts">The name first: lists by name are sorted by it. 800 chars of all are looked through.</param>
    public static string Of(params IReadOnlyList<string?> texts)
    {
        var folded = string.Join('\n', texts.Where(t => !string.IsNullOrEmpty(t)).Select(t => Fold(t!)));
        if (folded.Length <= Most) return folded;
        return folded[..(char.IsHighSurrogate(folded[Most - 1]) ? Most - 1 : Most)];
    }

    /// <summary>The words of a search, each of which a row must contain.</summary>
    public static IReadOnlyList<string> Words(string sought) =>
        [.. Fold(sought).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    /// <summary>In lower case, with a blank for all that no database and no line can hold.</summary>
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        Span<char> chars = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
            if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune)) folded.Append(' ');
            else folded.Append(chars[..Rune.ToLowerInvariant(rune).EncodeToUtf16(chars)]);
        return folded.ToString();
    }
}
