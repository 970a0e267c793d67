using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Voltgate.Server.Api;

/// <summary>Makes the OpenAPI document of the table of routes: the same rows that serve requests.</summary>
internal sealed class ApiDocument(EndpointDataSource endpoints) : IOpenApiDocumentTransformer
{
    private const string Intro =
        "Charging stations, sessions, drivers, prices and webhooks. "
        + "Authenticate with `Authorization: Bearer <API key>`. Every answer is an envelope: "
        + "`ok`, `message`, `result`; a failure also has `code`, `request_id` and, for 422, `errors` with "
        + "the fields. Energy is Wh, power kW, money decimal in the rate's currency, times ISO 8601 in UTC. "
        + "Each operation lists the codes that it may refuse with; beside those a path may refuse a method "
        + "(405 method_not_allowed), a slow request (408 timeout) and what is no HTTP (400 malformed).";

    public async Task TransformAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "Voltgate API", Version = "1.1", Description = Intro };
        document.Servers = [new OpenApiServer { Url = ApiRoutes.Base }];
        document.Paths = [];
        document.Tags = new HashSet<OpenApiTag>();
        document.AddComponent("Failure", Frames.Failure());
        foreach (var code in RefusalExamples.Codes)
            document.AddComponent<IOpenApiExample>(code, RefusalExamples.Of(code));
        document.AddComponent<IOpenApiSecurityScheme>("key", new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key, or a token of /oauth/token.",
        });
        document.AddComponent<IOpenApiSecurityScheme>("session", new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = "__Host-voltgate",
            Description = "An operator's session, opened by POST /auth/login. On plain http between a browser and a "
                + "server on one machine the cookie is named voltgate. Writes need Sec-Fetch-Site: same-origin or an "
                + "Origin of this site, as browsers send them, else a header X-Requested-With.",
        });
        foreach (var route in Routes())
        {
            var answer = await AnswerOf(route, document, context, cancellationToken);
            Add(document, route, new OperationWriter(document, route).Write(answer));
        }
    }

    /// <summary>In the order of the table; what is mapped twice, or under another name, is described once.</summary>
    private IEnumerable<ApiRoute> Routes() => endpoints.Endpoints
        .Select(e => e.Metadata.GetMetadata<ApiRoute>()).OfType<ApiRoute>()
        .Where(r => !r.Alias)
        .DistinctBy(r => (r.Verb, r.Path));

    private static async Task<IOpenApiSchema?> AnswerOf(
        ApiRoute route, OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        if (route.Answer is not { } type) return null;
        var name = NameOf(type);
        if (document.Components?.Schemas?.ContainsKey(name) is not true)
            document.AddComponent(name, await context.GetOrCreateSchemaAsync(type, null, cancel));
        return new OpenApiSchemaReference(name, document);
    }

    private static void Add(OpenApiDocument document, ApiRoute route, OpenApiOperation operation)
    {
        if (!document.Paths.TryGetValue(route.Path, out var item))
            document.Paths[route.Path] = item = new OpenApiPathItem();
        ((OpenApiPathItem)item).AddOperation(new HttpMethod(route.Verb), operation);
        document.Tags!.Add(new OpenApiTag { Name = OperationWriter.TagOf(route) });
    }

    public static string NameOf(Type type) =>
        type.Name.EndsWith("Resource", StringComparison.Ordinal) ? type.Name[..^"Resource".Length] : type.Name;
}
