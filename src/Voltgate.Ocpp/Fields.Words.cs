using System.Collections.Frozen;
using Voltgate.Ocpp.Rpc;

namespace Voltgate.Ocpp;

// The words among the fields: enums, and texts that are mostly one of a few.
public readonly partial struct Fields
{
    /// <summary>One of the enum's names, spelt exactly so.</summary>
    public T Enum<T>(string name)
        where T : struct, Enum => Enum<T>(name, default);

    /// <summary>One of the enum's names; a transaction message's unknown word counts as this one.</summary>
    public T Enum<T>(string name, T unknown)
        where T : struct, Enum => Required(name, out var value) ? EnumOf(name, value, unknown) : default;

    /// <summary>One of the enum's names; null where absent, and for an unknown word of a transaction message.</summary>
    public T? OptionalEnum<T>(string name)
        where T : struct, Enum => Find(name, out var value) ? EnumOf<T>(name, value) : null;

    /// <summary>One of the enum's names; a transaction message's unknown word counts as this one.</summary>
    public T? OptionalEnum<T>(string name, T unknown)
        where T : struct, Enum => Find(name, out var value) ? EnumOf(name, value, unknown) : null;

    /// <summary>One of these words without a copy of it; any other word as it stands; null where absent.</summary>
    public string? Word(string name, ReadOnlySpan<string> words)
    {
        if (!Find(name, out var value)) return null;
        foreach (var word in words)
            if (value.Is(word)) return word;
        return TextOf(name, value, 255);
    }

    /// <summary>A text that before 2.1 was one of these words only.</summary>
    public string OpenWord(string name, int max, FrozenSet<string> words) =>
        Required(name, out var value) ? OpenWordOf(name, value, max, words) : "";

    /// <summary>As <see cref="OpenWord"/>, null where absent.</summary>
    public string? OptionalOpenWord(string name, int max, FrozenSet<string> words) =>
        Find(name, out var value) ? OpenWordOf(name, value, max, words) : null;

    private string OpenWordOf(string name, WireValue value, int max, FrozenSet<string> words)
    {
        var text = TextOf(name, value, max);
        if (Is(Edition.V21) || Lenient || words.Contains(text)) return text;
        Report(OutOfRange, name, "is none of the words allowed here");
        return text;
    }

    private T EnumOf<T>(string name, WireValue value, T unknown)
        where T : struct, Enum => EnumOf<T>(name, value) ?? unknown;

    private T? EnumOf<T>(string name, WireValue value)
        where T : struct, Enum
    {
        if (value.AsText() is not { } word)
        {
            Report(WrongType, name, "is not a string");
            return null;
        }
        // Enum.TryParse also reads "3" and "A, B": no word of any version looks like that.
        if (System.Enum.TryParse<T>(word, out var known) && System.Enum.IsDefined(known) && char.IsAsciiLetter(word[0])
            && (Lenient || Words<T>.Has(known, _findings.Edition)))
            return known;
        if (Lenient) Question(name, "is none of the words allowed here");
        else Report(OutOfRange, name, "is none of the words allowed here");
        return null;
    }
}
