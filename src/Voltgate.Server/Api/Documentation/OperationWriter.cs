using Microsoft.OpenApi;

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
            Description = route.Scope is { } scope ? $"Needs the scope `{scope}`." : null,
        };
        if (!route.Open)
            operation.Security =
                [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
        if (route.Body is { } shape)
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = shape.Fields.Any(f => f.Required),
                Content = Json(BodyOf(shape)),
            };
        return operation;
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

    private OpenApiResponses Responses(IOpenApiSchema? answer)
    {
        var responses = new OpenApiResponses();
        responses[IsCreate() ? "201" : "200"] = new OpenApiResponse
        {
            Description = "Done", Content = route.AnswersFile
                ? File()
                : Json(route.List is null ? Frames.Success(answer) : Frames.List(answer)),
        };
        foreach (var status in Refusals().GroupBy(r => r.Status).OrderBy(g => g.Key))
            responses[status.Key.ToString()] = new OpenApiResponse
            {
                Description = string.Join(", ", status.Select(r => r.Code).Distinct(StringComparer.Ordinal)),
                Content = Json(new OpenApiSchemaReference("Failure", document)),
            };
        return responses;
    }

    /// <summary>A POST on a collection; what stands under one object is a command, unless it says otherwise.</summary>
    private bool IsCreate() => route.Creates
        ?? (route.Verb == "POST" && !route.Open && !route.Path.Contains('}', StringComparison.Ordinal));

    private IEnumerable<(int Status, string Code)> Refusals()
    {
        if (!route.Open || route.Path.StartsWith("/oauth", StringComparison.Ordinal))
            yield return (401, "unauthenticated");
        if (route.Scope is not null) yield return (403, "forbidden");
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

    private static Dictionary<string, OpenApiMediaType> File() => new(StringComparer.Ordinal)
    {
        ["application/octet-stream"] = new OpenApiMediaType
        {
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
        },
    };

    private static Dictionary<string, OpenApiMediaType> Json(IOpenApiSchema schema) =>
        new(StringComparer.Ordinal) { ["application/json"] = new OpenApiMediaType { Schema = schema } };
}
