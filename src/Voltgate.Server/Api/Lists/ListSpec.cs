namespace Voltgate.Server.Api;

internal enum FilterKind
{
    /// <summary>Equal, as it stands.</summary>
    Text,

    /// <summary>One of Words, in any case.</summary>
    Word,

    Flag,

    /// <summary>Equal, or <c>session.*</c>: all that begin with "session.".</summary>
    Family,

    /// <summary>Contained, in any case.</summary>
    Part,

    /// <summary>A time: the column is at least / at most that.</summary>
    From,
    To,

    /// <summary>Words, each of which the texts of the resource contain, in any case and order.</summary>
    Search,
}

/// <summary>A query parameter that narrows a list, and the column that it speaks of.</summary>
internal sealed record Filter(string Name, string Column, FilterKind Kind)
{
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The value where the caller gives none; null: no condition.</summary>
    public string? Default { get; init; }

    /// <summary>What follows the value, where the column opened a bracket.</summary>
    public string Closing { get; init; } = "";

    /// <summary>The table keeps <see cref="Storage.SearchText"/> in the column search.</summary>
    public static readonly Filter Search = new("search", "search", FilterKind.Search);

    public static Filter Id(string name, string? column = null) => new(name, column ?? name, FilterKind.Text);

    public static Filter Text(string name, string? column = null) => new(name, column ?? name, FilterKind.Text);

    public static Filter Family(string name) => new(name, name, FilterKind.Family);

    public static Filter Part(string name, string column) => new(name, column, FilterKind.Part);

    public static Filter Flag(string name, string? column = null) => new(name, column ?? name, FilterKind.Flag);

    public static Filter Word(string name, IReadOnlyList<string> words, string? column = null) =>
        new(name, column ?? name, FilterKind.Word) { Words = words };

    /// <summary>One of Words that any row has, of others that belong to the listed one: "rows r where r.x".</summary>
    public static Filter OfAny(string name, IReadOnlyList<string> words, string rows) =>
        new(name, "exists (select 1 from " + rows, FilterKind.Word) { Words = words, Closing = ")" };

    public static Filter From(string name, string column) => new(name, column, FilterKind.From);

    public static Filter To(string name, string column) => new(name, column, FilterKind.To);
}

/// <summary>
/// How a resource is listed. The table, or a select in brackets, has id, organization, created_at, updated_at and body;
/// the tenant's condition is always part of the query.
/// </summary>
internal sealed record ListSpec(string Table, params IReadOnlyList<Filter> Filters)
{
    /// <summary>House SQL that every row must meet, with the columns of the table: "erased = false".</summary>
    public string? Where { get; init; }

    /// <summary>A path value that every row must equal: ("chargestation", "id").</summary>
    public (string Column, string PathValue)? Within { get; init; }

    /// <summary>
    /// What <c>sort_by</c> may name, and the columns, or expressions, that are never null; createdAt and updatedAt
    /// always stand.
    /// </summary>
    public IReadOnlyDictionary<string, string> Sorts { get; init; } = new Dictionary<string, string>();

    /// <summary>"user" allows <c>include_user=true</c>.</summary>
    public IReadOnlyList<string> Includes { get; init; } = [];

    /// <summary>Columns of a table with other names for the two times.</summary>
    public string CreatedAt { get; init; } = "created_at";

    public string? UpdatedAt { get; init; } = "updated_at";

    /// <summary>The unique column that breaks ties.</summary>
    public string Key { get; init; } = "id";

    /// <summary>
    /// Where the rows of a page are read from by Key, once they are found; null: from Table, for this tenant.
    /// </summary>
    public string? Rows { get; init; }

    /// <summary>
    /// Put together in memory and not read by the query: it has pages and an order of time, oldest first, no filters.
    /// </summary>
    public bool IsHistory { get; init; }

    /// <summary>What to read of each row, as a select list over the table <c>t</c>.</summary>
    public string Select { get; init; } = "t.id as Id, t.body as Body";
}

/// <summary>A row of a list, before it is worded.</summary>
internal sealed class ListedRow
{
    public string Id { get; init; } = "";

    public string Body { get; init; } = "";
}
