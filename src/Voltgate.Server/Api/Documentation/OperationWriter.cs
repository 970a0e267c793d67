using Microsoft.OpenApi;
using Voltgate.Domain.Access;

namespace Voltgate.Server.Api;

/// <summary>Describes one route as an operation: its parameters, body, answers and refusals.</summary>
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
            Responses = Responses(answer),
            Description = Needs(),
        };
        if (!route.Open)
            operation.Security = [.. Credentials().Select(Requirement)];
        if (route.Body is { } shape)
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = shape.Fields.Any(f => f.Required),
                Content = Json(BodyOf(shape)),
            };
        if (route.TakesCsv)
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true, Content = TextAs("text/csv"),
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
            };
        if (route.TakesIdempotencyKey)
            yield return new OpenApiParameter
            {
                Name = Idempotency.Header, In = ParameterLocation.Header,
                Description = "The same key and body within 24 hours get the first answer again.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 255 },
            };
        foreach (var parameter in route.Streams ? StreamParameters() : []) yield return parameter;
        foreach (var field in route.Query?.Fields ?? [])
            yield return new OpenApiParameter
            {
                Name = field.Name, In = ParameterLocation.Query, Required = field.Required,
                Schema = ShapeSchemas.Of(field), Description = field.Description, Explode = false,
            };
        if (route.List is not { } list) yield break;
        foreach (var (name, schema, description) in ListParameters.Of(list))
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

    private OpenApiResponses Responses(IOpenApiSchema? answer)
    {
        var responses = new OpenApiResponses();
        responses[IsCreate() ? "201" : "200"] = new OpenApiResponse
        {
            Description = "Done", Content = Content(answer),
        };
        foreach (var status in Refusals().GroupBy(r => r.Status).OrderBy(g => g.Key))
            responses[status.Key.ToString()] = new OpenApiResponse
            {
                Description = string.Join(", ", status.Select(r => r.Code).Distinct(StringComparer.Ordinal)),
                Content = Json(new OpenApiSchemaReference("Failure", document)),
            };
        return responses;
    }

    private bool IsList => route.IsList || route.List is not null;

    /// <summary>A POST on a collection; what stands under one object is a command, unless it says otherwise.</summary>
    private bool IsCreate() => route.Creates
        ?? (route.Verb == "POST" && !route.Open && !route.Path.Contains('}', StringComparison.Ordinal));

    private IEnumerable<(int Status, string Code)> Refusals()
    {
        if (!route.Open || route.Path.StartsWith("/oauth", StringComparison.Ordinal))
            yield return (401, "unauthenticated");
        if (route.Scope is not null || route.OperatorsOnly) yield return (403, "forbidden");
        if (route.Writes && !route.Open) yield return (403, "cross_site");
        if (!route.Open) yield return (429, "rate_limited");
        if (route.Path.Contains('{', StringComparison.Ordinal)) yield return (404, "not_found");
        if (route.Verb is "PATCH" or "DELETE") yield return (409, "conflict");
        if (route.Body is not null)
        {
            yield return (400, "malformed");
            yield return (413, "too_large");
            yield return (415, "unsupported_media_type");
        }

        if (route.Body is not null || route.Query is not null || route.List is not null)
            yield return (422, "invalid_fields");
        yield return (503, "unavailable");
        foreach (var refusal in route.Refusals) yield return refusal;
    }

    private Dictionary<string, OpenApiMediaType> Content(IOpenApiSchema? answer) => route switch
    {
        { Streams: true } => TextAs("text/event-stream"),
        { Downloads: { } type } => TextAs(type),
        _ => Json(IsList ? Frames.List(answer) : Frames.Success(answer)),
    };

    private static Dictionary<string, OpenApiMediaType> TextAs(string type) => new()
    {
        [type] = new()
        {
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.String, Format = type == Download.AnyBytes ? "binary" : null,
            },
        },
    };

    private static Dictionary<string, OpenApiMediaType> Json(IOpenApiSchema schema) =>
        new(StringComparer.Ordinal) { ["application/json"] = new OpenApiMediaType { Schema = schema } };
}
