namespace Voltgate.Server.Api;

/// <summary>
/// How often a caller may ask: a bucket of requests and a smaller one of writes for each (reliability A13). Every
/// answer tells what is left: <c>RateLimit-Limit</c>, <c>-Remaining</c>, <c>-Reset</c> (s).
/// </summary>
internal sealed class RateLimits(ServerOptions options, TimeProvider clock)
{
    private readonly TokenBuckets? requests = Of(options.Api.RequestsPerMinute, clock);
    private readonly TokenBuckets? writes = Of(options.Api.WritesPerMinute, clock);

    /// <summary>Null: go on. Whoever is refused is told when one more request will do.</summary>
    public Refusal? Take(HttpContext http, Caller caller, bool isWrite)
    {
        var name = caller.Id;
        if (requests?.Take(name) is { Ticks: > 0 } wait) return Refused(http, requests, name, wait, "requests");
        var some = isWrite ? writes : null;
        if (some?.Take(name) is { Ticks: > 0 } later)
        {
            requests?.Return(name); // a refused write costs nothing: a client that waits as it is told gets through
            return Refused(http, some, name, later, "writes");
        }

        Tell(http, Tighter(requests, some, name), name);
        return null;
    }

    private static TokenBuckets? Of(int perMinute, TimeProvider clock) =>
        perMinute == 0 ? null : new TokenBuckets(perMinute, clock);

    private static TokenBuckets? Tighter(TokenBuckets? all, TokenBuckets? some, string name) =>
        some is null || all?.Standing(name).Left <= some.Standing(name).Left ? all : some;

    private static Refusal Refused(HttpContext http, TokenBuckets bucket, string name, TimeSpan wait, string what)
    {
        Tell(http, bucket, name);
        return new Refusal(
            429, "rate_limited", $"This key may make {bucket.PerMinute} {what} a minute; wait as Retry-After says.")
        {
            RetryAfterSeconds = TokenBuckets.Seconds(wait),
        };
    }

    private static void Tell(HttpContext http, TokenBuckets? bucket, string name)
    {
        if (bucket is null) return;
        var (left, reset) = bucket.Standing(name);
        http.Response.Headers["RateLimit-Limit"] = bucket.PerMinute.ToString();
        http.Response.Headers["RateLimit-Remaining"] = left.ToString();
        http.Response.Headers["RateLimit-Reset"] = reset.ToString();
    }
}
