using System.Reflection;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>
/// Where resource files put their rows; each becomes an endpoint under /v1.1 that checks its caller first.
/// </summary>
internal sealed class ApiTable(
    IEndpointRouteBuilder endpoints, Gate gate, Committer committer, AuditBook audit,
    int maxBodyBytes)
{
    // The API explorer wants a method to describe; what it needs to know stands in the ApiRoute.
    private static readonly MethodInfo Described =
        typeof(ApiTable).GetMethod(nameof(Describe), BindingFlags.Static | BindingFlags.NonPublic)!;

    public IServiceProvider Services => endpoints.ServiceProvider;

    public void Add(params IReadOnlyList<ApiRoute> routes)
    {
        foreach (var route in routes) Map(route);
    }

    private void Map(ApiRoute route)
    {
        var endpoint = endpoints.MapMethods(route.Path, [route.Verb], http => Serve(http, route))
            .WithMetadata(route, Described)
            .WithDisplayName($"{route.Verb} {route.Path}");
        if (route.Alias) endpoint.ExcludeFromDescription();
    }

    private async Task Serve(HttpContext http, ApiRoute route)
    {
        var trail = audit.Open(http, route);
        var result = await Answer(http, route, trail);
        await audit.Close(trail, route, result);
        // What was read may be a moment ahead of the disk. Who is told to wait for the first request read nothing.
        if (result is not Refusal { Code: Idempotency.Running }) await committer.Settled;
        await result.ExecuteAsync(http);
    }

    private async Task<IResult> Answer(HttpContext http, ApiRoute route, AuditTrail trail) =>
        await gate.Admit(http, route, trail) is { } refusal
            ? refusal
            : await route.Handler(new Call(http, route, trail, maxBodyBytes));

    private static Task Describe(HttpContext http) => Task.CompletedTask;
}
