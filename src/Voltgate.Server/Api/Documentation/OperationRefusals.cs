namespace Voltgate.Server.Api;

/// <summary>Why an operation may refuse: what follows from its row of the table, and what the row adds.</summary>
internal static class OperationRefusals
{
    /// <summary>Of the request's head, of the server and its store: any operation.</summary>
    private static readonly (int Status, string Code)[] Always =
    [
        (414, "uri_too_long"), (431, "headers_too_large"), (500, "internal_error"), (503, "unavailable"),
        (503, "store_unavailable"),
    ];

    public static IEnumerable<(int Status, string Code)> Of(ApiRoute route) =>
        [.. OfCaller(route), .. OfPath(route), .. OfBody(route), .. OfQuery(route), .. route.Refusals, .. Always];

    private static IEnumerable<(int Status, string Code)> OfCaller(ApiRoute route)
    {
        if (!route.Open || route.Path.StartsWith("/oauth", StringComparison.Ordinal))
            yield return (401, "unauthenticated");
        if (route.Scope is not null || route.OperatorsOnly) yield return (403, "forbidden");
        if (route.Writes && !route.Open) yield return (403, "cross_site");
        if (!route.Open) yield return (429, "rate_limited");
    }

    private static IEnumerable<(int Status, string Code)> OfPath(ApiRoute route)
    {
        if (route.Path.Contains('{', StringComparison.Ordinal)) yield return (404, "not_found");
        if (route.Verb is "PATCH" or "DELETE") yield return (409, "conflict");
    }

    private static IEnumerable<(int Status, string Code)> OfBody(ApiRoute route)
    {
        if (route.TakesIdempotencyKey)
        {
            yield return (400, "idempotency_key_invalid");
            yield return (409, Idempotency.Running);
            yield return (413, "too_large");
            yield return (422, "idempotency_key_reused");
        }

        if (route.Body is null && route.Rows is null) yield break;
        yield return (400, "malformed");
        yield return (413, "too_large");
        yield return (415, "unsupported_media_type");
    }

    private static IEnumerable<(int Status, string Code)> OfQuery(ApiRoute route)
    {
        if (route.List is not null) yield return (400, "cursor_invalid");
        if (route is not { Body: null, Rows: null, Query: null, List: null, Includes: [] })
            yield return (422, "invalid_fields");
    }
}
