using Microsoft.OpenApi;

namespace Voltgate.Server.Api;

/// <summary>The schemas of the envelope.</summary>
internal static class Frames
{
    public static OpenApiSchema Success(IOpenApiSchema? result) => Object(
        ("ok", Flag()), ("message", Text()), ("result", result ?? new OpenApiSchema { Type = JsonSchemaType.Null }));

    public static OpenApiSchema List(IOpenApiSchema? item)
    {
        var list = Object(
            ("ok", Flag()), ("message", Text()),
            ("result", new OpenApiSchema { Type = JsonSchemaType.Array, Items = item ?? new OpenApiSchema() }),
            ("hasNext", Flag()), ("hasPrevious", Flag()), ("total", Whole()), ("page", Whole()),
            ("limit", Whole("Items on a page, at most.")));
        list.Properties!["nextCursor"] = Text("paginate_cursor of the next page, where there is one.");
        return list;
    }

    public static OpenApiSchema Failure()
    {
        var failure = Object(
            ("ok", Flag()), ("message", Text("One sentence that says what to do.")),
            ("result", new OpenApiSchema { Type = JsonSchemaType.Null }),
            ("code", Text("Stable, for programs.")), ("request_id", Text("Quote it when you report a problem.")));
        failure.Properties!["errors"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Array, Description = "With 422: what is wrong with which field.",
            Items = Object(("field", Text("Its path: price_components[1].price.")), ("message", Text())),
        };
        return failure;
    }

    private static OpenApiSchema Object(params (string Name, IOpenApiSchema Schema)[] properties) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = properties.ToDictionary(p => p.Name, p => p.Schema),
        Required = properties.Select(p => p.Name).ToHashSet(StringComparer.Ordinal),
    };

    private static OpenApiSchema Flag() => new() { Type = JsonSchemaType.Boolean };

    private static OpenApiSchema Whole(string? description = null) => new()
    {
        Type = JsonSchemaType.Integer, Description = description,
    };

    private static OpenApiSchema Text(string? description = null) => new()
    {
        Type = JsonSchemaType.String, Description = description,
    };
}
