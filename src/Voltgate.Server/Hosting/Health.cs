using System.Text.Json.Serialization;

namespace Voltgate.Server.Hosting;

/// <summary>The answer of <c>/livez</c> and <c>/readyz</c>.</summary>
internal sealed record HealthAnswer(string Status, string? Reason);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class HealthJson : JsonSerializerContext;

/// <summary>Two questions of a load balancer: does the process live, and may it be given work?</summary>
internal static class Health
{
    public const string Live = "/livez";
    public const string Ready = "/readyz";

    public static void Map(WebApplication app)
    {
        var readiness = app.Services.GetRequiredService<Readiness>();
        app.MapGet(Live, http => Answer(http, null));
        app.MapGet(Ready, async http => await Answer(http, await readiness.Obstacle()));
    }

    private static Task Answer(HttpContext http, string? obstacle)
    {
        http.Response.StatusCode = obstacle is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.CacheControl = "no-store";
        var answer = obstacle is null ? new HealthAnswer("ok", null) : new HealthAnswer("unavailable", obstacle);
        return http.Response.WriteAsJsonAsync(answer, HealthJson.Default.HealthAnswer);
    }
}
