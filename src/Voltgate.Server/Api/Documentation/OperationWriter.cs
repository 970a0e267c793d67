using Microsoft.OpenApi;
using Voltgate.Domain.Access;

namespace Voltgate.Server.Api;

/// <summary>Describes one route as an operation: its parameters and its body; AnswerWriter does the rest.</summary>
internal sealed class OperationWriter(OpenApiDocument document, ApiRoute route)
{
    public static string TagOf(ApiRoute route) => route.Path.Split('/')[1];

    public OpenApiOperation Write(IOpenApiSchema? answer)
    {
        var operation = new OpenApiOperation
        {
            Summary = route.Summary,
            OperationId = IdOf(),
            Tags = new HashSet<OpenApiTagReference> { new(TagOf(route), document) },
            Parameters = [.. Parameters()],
            Responses = new AnswerWriter(document, route).Write(answer),
            Description = Needs(),
        };
        if (!route.Open)
            operation.Security = [.. Credentials().Select(Requirement)];
        if (route.Body is { } shape)
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = shape.Fields.Any(f => f.Required),
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    ["application/json"] = new() { Schema = BodyOf(shape), Example = ShapeExamples.Of(shape) },
                },
            };
        if (route.Rows is { } rows)
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true, Content = AnswerWriter.TextAs("text/csv", ShapeExamples.CsvOf(rows)),
            };
        return operation;
    }

    private string[] Credentials() => route.OperatorsOnly ? ["session"] : ["key", "session"];

    private OpenApiSecurityRequirement Requirement(string scheme) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };

    private string? Needs()
    {
        if (route.OperatorsOnly) return "For operators who signed in.";
        if (route.Scope is not { } scope) return null;
        var roles = Roles.All.Where(r => Scopes.Allow(Roles.ScopesOf(r), scope));
        return $"Needs the scope `{scope}` or the role {string.Join(", ", roles)}.";
    }

    private OpenApiSchemaReference BodyOf(Shape shape)
    {
        var patch = route.Verb == "PATCH";
        var name = patch ? shape.Name + "Patch" : shape.Name;
        document.Components!.Schemas!.TryAdd(name, ShapeSchemas.Of(shape, patch));
        return new OpenApiSchemaReference(name, document);
    }

    /// <summary>get_users_id, post_sessions, …: stable for generated clients.</summary>
    private string IdOf() =>
        route.Verb.ToLowerInvariant() + route.Path.Replace('/', '_').Replace("{", "", StringComparison.Ordinal)
            .Replace("}", "", StringComparison.Ordinal);

    private IEnumerable<IOpenApiParameter> Parameters()
    {
        foreach (var part in route.Path.Split('/').Where(p => p.StartsWith('{')))
            yield return new OpenApiParameter
            {
                Name = part.Trim('{', '}'), In = ParameterLocation.Path, Required = true, Schema = ShapeSchemas.Id(),
                Example = SampleIds.Of(part is "{id}" ? TagOf(route) : part.Trim('{', '}')),
            };
        if (route.TakesIdempotencyKey)
            yield return new OpenApiParameter
            {
                Name = Idempotency.Header, In = ParameterLocation.Header,
                Description = "The same key and body within 24 hours get the first answer again.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 255 },
                Example = "order-A-1001",
            };
        foreach (var parameter in route.Streams ? StreamParameters() : []) yield return parameter;
        foreach (var field in route.Query?.Fields ?? [])
            yield return new OpenApiParameter
            {
                Name = field.Name, In = ParameterLocation.Query, Required = field.Required,
                Schema = ShapeSchemas.Of(field), Description = field.Description, Explode = false,
                Example = ShapeExamples.Of(field, route.Query!),
            };
        var including = ListParameters.Including(route.Includes);
        foreach (var (name, schema, description) in route.List is { } list ? ListParameters.Of(list) : including)
            yield return new OpenApiParameter
            {
                Name = name, In = ParameterLocation.Query, Schema = schema, Description = description,
            };
    }

    private static IEnumerable<IOpenApiParameter> StreamParameters() =>
    [
        new OpenApiParameter
        {
            Name = "Last-Event-ID", In = ParameterLocation.Header, Schema = ShapeSchemas.Id(),
            Description = "The _id of the last event that you have: goes on behind it. Browsers send it by themselves.",
        },
        new OpenApiParameter { Name = "last_event_id", In = ParameterLocation.Query, Schema = ShapeSchemas.Id() },
        new OpenApiParameter
        {
            Name = "type", In = ParameterLocation.Query,
            Description = "session.ended, session.*; commas between several.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        },
        new OpenApiParameter
        {
            Name = "chargestation", In = ParameterLocation.Query, Description = "Ids, commas between several.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        },
    ];
}
