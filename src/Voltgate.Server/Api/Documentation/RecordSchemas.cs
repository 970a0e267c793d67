using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Voltgate.Server.Resources;

namespace Voltgate.Server.Api;

/// <summary>Makes the schemas of records say what the wire says.</summary>
internal static class RecordSchemas
{
    // Not adapted itself: the framework shows it to Adapt as if it were what it stands in.
    private static readonly OpenApiSchema AnyValue = new();

    public static Task Adapt(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        if (ReferenceEquals(schema, AnyValue)) return Task.CompletedTask;
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (schema.Type is { } given) schema.Type = given & ~JsonSchemaType.Null;
        if (schema.Format == "double") schema.Format = null; // it is a decimal, as are those inside
        foreach (var inner in schema.Properties?.Values.OfType<OpenApiSchema>().Where(p => p.Format == "double") ?? [])
            inner.Format = null;
        if (type == typeof(WireTime)) (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time");
        else if (type == typeof(WireJson))
            (schema.Type, schema.AdditionalProperties) = (JsonSchemaType.Object, AnyValue);
        else if (schema.Properties is { Count: > 0 })
            schema.Required = AlwaysThere(context.JsonTypeInfo.Options.GetTypeInfo(type));
        return Task.CompletedTask;
    }

    /// <summary>Any JSON object: so that generated clients take one of any fields, not one of none.</summary>
    public static OpenApiSchema AnyObject() => new()
    {
        Type = JsonSchemaType.Object, AdditionalProperties = AnyValue,
    };

    // What is null is left out of an answer; all else stands in each.
    private static HashSet<string> AlwaysThere(JsonTypeInfo record)
    {
        var nullability = new NullabilityInfoContext();
        return record.Properties
            .Where(p => p.AttributeProvider is PropertyInfo property
                && nullability.Create(property).ReadState == NullabilityState.NotNull)
            .Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
    }
}
