namespace Voltgate.Server.Api;

/// <summary>A file instead of the envelope: for saving, never for showing.</summary>
/// <param name="Name">What the browser calls it; no quotes in it.</param>
internal sealed record Download(string Type, string Name, Func<Stream, Task> Write) : IResult
{
    /// <summary>Whatever a station sent.</summary>
    public const string AnyBytes = "application/octet-stream";

    /// <summary>Null: it is not known before it is written.</summary>
    public long? Length { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = Type;
        response.ContentLength = Length;
        response.Headers.ContentDisposition = $"attachment; filename=\"{Name}\"";
        return HttpMethods.IsHead(httpContext.Request.Method) ? Task.CompletedTask : Write(response.Body);
    }
}
