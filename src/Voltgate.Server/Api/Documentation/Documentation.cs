using Microsoft.OpenApi;
using Voltgate.Server.Resources;

namespace Voltgate.Server.Api;

/// <summary>
/// Serves the OpenAPI document at /openapi.json and its browser at /docs, which asks nobody else for anything.
/// </summary>
internal static class Documentation
{
    public const string Path = "/openapi.json";

    public static IServiceCollection AddDocumentation(this IServiceCollection services)
    {
        // How records become schemas: as the wire writes them.
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, WireContext.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(1, StationJson.Default);
        });
        return services.AddOpenApi(options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddDocumentTransformer<ApiDocument>();
            options.AddSchemaTransformer(RecordSchemas.Adapt);
        });
    }

    public static void MapDocumentation(this WebApplication app)
    {
        app.MapOpenApi(Path);
        app.UseSwaggerUI(ui =>
        {
            ui.RoutePrefix = "docs";
            ui.DocumentTitle = "Voltgate API";
            ui.SwaggerEndpoint(Path, "Voltgate API v1.1");
            ui.EnableDeepLinking();
        });
    }
}
