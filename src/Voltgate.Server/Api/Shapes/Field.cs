using System.Text.Json.Nodes;

namespace Voltgate.Server.Api;

internal enum FieldKind
{
    Text,
    Id,
    Word,
    Flag,
    Whole,
    Number,
    Time,
    Object,
    List,
    Free,
}

/// <summary>One field of a body: what it must be to be accepted, and how the documentation describes it.</summary>
internal sealed record Field(string Name, FieldKind Kind, string Description = "")
{
    public bool Required { get; init; }

    /// <summary>Text: characters. List: items.</summary>
    public int MinLength { get; init; }

    public int MaxLength { get; init; } = 500;

    /// <summary>Numbers, inclusive.</summary>
    public decimal? Min { get; init; }

    public decimal? Max { get; init; }

    /// <summary>How many digits after the point a Number may have.</summary>
    public int Decimals { get; init; } = 6;

    /// <summary>Word: the canonical spellings; any case is accepted.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Word: other spellings that clients use, in lower case, and what they mean.</summary>
    public IReadOnlyDictionary<string, string> Synonyms { get; init; } = new Dictionary<string, string>();

    public Shape? Nested { get; init; }

    public Field? Item { get; init; }

    /// <summary>A rule beyond the type: null if kept, else a sentence that says what to do.</summary>
    public Func<JsonNode, string?>? Rule { get; init; }

    /// <summary>What a create without the field gets, as JSON.</summary>
    public string? Default { get; init; }

    /// <summary>A value as JSON for the documentation.</summary>
    public string? Example { get; init; }

    public Field Must => this with { Required = true };

    public static Field Text(string name, string description = "", int max = 500, int min = 0) =>
        new(name, FieldKind.Text, description) { MaxLength = max, MinLength = min };

    public static Field Id(string name, string description = "") => new(name, FieldKind.Id, description);

    public static Field Word(string name, IReadOnlyList<string> words, string description = "") =>
        new(name, FieldKind.Word, description) { Words = words };

    public static Field Flag(string name, string description = "", bool? standard = null) =>
        new(name, FieldKind.Flag, description) { Default = standard is { } flag ? flag ? "true" : "false" : null };

    public static Field Whole(string name, string description = "", long min = 0, long max = int.MaxValue) =>
        new(name, FieldKind.Whole, description) { Min = min, Max = max };

    public static Field Number(string name, string description, decimal min, decimal max, int decimals = 6) =>
        new(name, FieldKind.Number, description) { Min = min, Max = max, Decimals = decimals };

    /// <summary>ISO 8601 with a zone.</summary>
    public static Field Time(string name, string description = "") => new(name, FieldKind.Time, description);

    public static Field Object(string name, Shape shape, string description = "") =>
        new(name, FieldKind.Object, description) { Nested = shape };

    public static Field List(string name, Field item, string description = "", int max = 1_000, int min = 0) =>
        new(name, FieldKind.List, description) { Item = item, MaxLength = max, MinLength = min };

    /// <summary>Any JSON object of at most so many bytes, kept as it is.</summary>
    public static Field Free(string name, string description, int maxBytes) =>
        new(name, FieldKind.Free, description) { MaxLength = maxBytes };

    public static readonly Field MetaData = Free("meta_data", "Yours: returned unchanged, at most 16 kB.", 16_384);
}

/// <summary>What a body must look like. One table checks requests and makes the schema in the documentation.</summary>
internal sealed record Shape(string Name, params IReadOnlyList<Field> Fields)
{
    public Field? Find(string name)
    {
        foreach (var field in Fields)
            if (field.Name == name) return field;
        return null;
    }
}
