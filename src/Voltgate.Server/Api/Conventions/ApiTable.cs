using System.Reflection;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>
/// Where resource files put their rows; each becomes an endpoint under /v1.1 that checks its caller first.
/// </summary>
internal sealed class ApiTable(
    IEndpointRouteBuilder endpoints, Authentication authentication, RateLimits limits, Committer committer,
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
        var result = await Answer(http, route);
        await committer.Settled; // what was read may be a moment ahead of the disk
        await result.ExecuteAsync(http);
    }

    private async Task<IResult> Answer(HttpContext http, ApiRoute route)
    {
        var caller = Caller.Nobody;
        if (!route.Open)
        {
            var who = await authentication.Identify(http);
            if (!who.Holds) return who.Refusal;
            if (route.Scope is { } scope && !who.Value.May(scope)) return Refusal.Forbidden(scope);
            caller = who.Value;
            if (limits.Take(http, caller.Key, route.Writes) is { } wait) return wait;
        }

        return await route.Handler(new Call(http, caller, route, maxBodyBytes));
    }

    private static Task Describe(HttpContext http) => Task.CompletedTask;
}
