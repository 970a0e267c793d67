using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Voltgate.Server.Api;

/// <summary>The query parameters that a <see cref="ListSpec"/> takes.</summary>
internal static class ListParameters
{
    public static IEnumerable<(string Name, OpenApiSchema Schema, string? Description)> Of(ListSpec list)
    {
        yield return ("paginate_limit", Whole(1_000, 20), null);
        yield return ("paginate_page", Whole(null, 1), null);
        yield return ("paginate_enabled", Flag(), "False: up to 1000 items at once.");
        yield return (
            "sort_order", Words(["asc", "desc"]), (list.IsHistory ? "asc" : "desc") + " unless said otherwise.");
        if (list.IsHistory) yield break;
        yield return (
            "paginate_cursor", Text(),
            "nextCursor of the page before: goes on behind it, whatever was added meanwhile.");
        yield return ("sort_by", Words(SortsOf(list)), null);
        foreach (var field in list.UpdatedAt is null ? (string[])["createdAt"] : ["createdAt", "updatedAt"])
            foreach (var comparison in (string[])["$gte", "$lte", "$gt", "$lt"])
                yield return ($"{field}[{comparison}]", Time(), null);
        foreach (var filter in list.Filters) yield return (filter.Name, Of(filter), AboutOf(filter));
        foreach (var include in Including(list.Includes)) yield return include;
    }

    public static IEnumerable<(string Name, OpenApiSchema Schema, string? Description)> Including(
        IReadOnlyList<string> relations) =>
        relations.Select(r => ($"include_{r}", Flag(), (string?)$"Put the {r} where its id stands."));

    private static string[] SortsOf(ListSpec list) =>
        list.UpdatedAt is null ? ["createdAt", .. list.Sorts.Keys] : ["createdAt", "updatedAt", .. list.Sorts.Keys];

    private static string? AboutOf(Filter filter) => filter.Kind == FilterKind.Search
        ? "Words, each of which its names, numbers and descriptions contain; in any case and order."
        : null;

    private static OpenApiSchema Of(Filter filter)
    {
        var schema = filter.Kind switch
        {
            FilterKind.Flag => Flag(),
            FilterKind.Word => Words(filter.Words),
            FilterKind.From or FilterKind.To => Time(),
            _ => Text(),
        };
        if (filter.Default is { } standard) schema.Default = JsonNode.Parse(standard);
        return schema;
    }

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static OpenApiSchema Flag() => new() { Type = JsonSchemaType.Boolean };

    private static OpenApiSchema Time() => new() { Type = JsonSchemaType.String, Format = "date-time" };

    private static OpenApiSchema Whole(int? max, int standard) => new()
    {
        Type = JsonSchemaType.Integer, Minimum = "1", Maximum = max?.ToString(), Default = standard,
    };

    private static OpenApiSchema Words(IReadOnlyList<string> words) => new()
    {
        Type = JsonSchemaType.String, Enum = [.. words.Select(w => (JsonNode)w)],
    };
}
