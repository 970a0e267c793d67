using System.Data.Common;
using System.Security.Cryptography;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>
/// The edge of the API: names each request, keeps the limits on its head, gives every failure the envelope, and lets
/// nothing out of an exception but the request's id (reliability A14).
/// </summary>
internal sealed partial class Edge(RequestDelegate next, Database database, ILogger<Edge> log)
{
    /// <summary>Reliability A12; Kestrel's own limits are wider, so that these answers have the envelope.</summary>
    private const int MaxTarget = 8_192;

    private const int MaxHeaders = 32_768;

    public async Task InvokeAsync(HttpContext http)
    {
        http.TraceIdentifier = "req_" + RandomNumberGenerator.GetHexString(24, lowercase: true);
        http.Response.Headers["X-Request-Id"] = http.TraceIdentifier;
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            if (Oversized(http.Request) is { } status) http.Response.StatusCode = status;
            else await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            await Envelope.Write(http, RefusalOf(e, http));
            return;
        }

        if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null })
            await Envelope.Write(http, Refusal.Of(http.Response.StatusCode));
    }

    private Refusal RefusalOf(Exception e, HttpContext http)
    {
        if (e is BadHttpRequestException bad) return Refusal.Of(bad.StatusCode);
        if (e is StoreUnavailableException || (e is DbException && database.IsOutage(e)))
        {
            LogOutage(http.TraceIdentifier, e);
            return Refusal.StoreDown;
        }

        // The rest of an upload's path is its key.
        var path = http.Request.Path.StartsWithSegments(Uploads.Path) ? Uploads.Path : http.Request.Path.Value;
        LogBug(http.Request.Method, path, http.TraceIdentifier, e);
        return Refusal.Of(500);
    }

    private static int? Oversized(HttpRequest request)
    {
        if ((request.Path.Value?.Length ?? 0) + (request.QueryString.Value?.Length ?? 0) > MaxTarget) return 414;
        long headers = 0;
        foreach (var (name, values) in request.Headers)
            foreach (var value in values) headers += name.Length + (value?.Length ?? 0) + 4;
        return headers > MaxHeaders ? 431 : null;
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} ({RequestId}) failed; the caller was told 500.")]
    private partial void LogBug(string method, string? path, string requestId, Exception e);

    [LoggerMessage(LogLevel.Warning, "Request {RequestId} met a store that is down; the caller was told 503.")]
    private partial void LogOutage(string requestId, Exception e);
}
