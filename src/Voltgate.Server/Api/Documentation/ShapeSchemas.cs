using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Voltgate.Server.Api;

/// <summary>Says as JSON Schema what a <see cref="Shape"/> checks.</summary>
internal static class ShapeSchemas
{
    public static OpenApiSchema Id() => new()
    {
        Type = JsonSchemaType.String, Pattern = "^[0-9a-f]{24}$",
    };

    public static OpenApiSchema Of(Shape shape, bool patch = false)
    {
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            AdditionalPropertiesAllowed = false,
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal),
        };
        foreach (var field in shape.Fields) schema.Properties[field.Name] = Of(field, patch);
        if (!patch)
            schema.Required = shape.Fields.Where(f => f.Required).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        return schema;
    }

    public static OpenApiSchema Of(Field field, bool patch = false)
    {
        var schema = field.Kind switch
        {
            FieldKind.Flag => new OpenApiSchema { Type = JsonSchemaType.Boolean },
            FieldKind.Whole => Number(field, JsonSchemaType.Integer),
            FieldKind.Number => Number(field, JsonSchemaType.Number),
            FieldKind.Id => Id(),
            FieldKind.Time => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
            FieldKind.Word => new OpenApiSchema
            {
                Type = JsonSchemaType.String, Enum = [.. field.Words.Select(w => (JsonNode)w)],
            },
            FieldKind.Object => Of(field.Nested!, patch),
            FieldKind.List => new OpenApiSchema
            {
                Type = JsonSchemaType.Array, Items = Of(field.Item!, patch: false),
                MinItems = field.MinLength, MaxItems = field.MaxLength,
            },
            FieldKind.Free => RecordSchemas.AnyObject(),
            _ => new OpenApiSchema
            {
                Type = JsonSchemaType.String, MinLength = field.MinLength, MaxLength = field.MaxLength,
            },
        };
        if (field.Description.Length > 0) schema.Description = field.Description;
        if (field.Default is { } standard && !patch) schema.Default = JsonNode.Parse(standard);
        if (field.Example is { } example) schema.Examples = [JsonNode.Parse(example)!];
        return schema;
    }

    private static OpenApiSchema Number(Field field, JsonSchemaType type) => new()
    {
        Type = type, Minimum = field.Min?.ToString(), Maximum = field.Max?.ToString(),
    };
}
