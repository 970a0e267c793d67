using System.Buffers;
using System.Text.Json;

namespace Voltgate.Server.Api;

/// <summary>It is done. Result: a resource as ASCII JSON, or "null".</summary>
internal sealed record Success(int Status, string Message, string Result) : IResult
{
    /// <summary>A second name under which the result stands; null: none.</summary>
    public string? Named { get; init; }

    public static Success Ok(string message, string result) => new(200, message, result);

    public static Success Created(string message, string result) => new(201, message, result);

    public Task ExecuteAsync(HttpContext httpContext) => Envelope.Write(httpContext, Status, Envelope.Of(this));
}

/// <summary>One page of a list; Items are resources as ASCII JSON, Total counts all pages.</summary>
internal sealed record Listing(string Message, IReadOnlyList<string> Items, int Page, int Limit, long Total) : IResult
{
    public bool HasNext { get; init; } = (long)Page * Limit < Total;

    /// <summary>What <c>paginate_cursor</c> of the next page is; null: there is none, or the list is short.</summary>
    public string? NextCursor { get; init; }

    public bool HasPrevious => Page > 1;

    public Task ExecuteAsync(HttpContext httpContext) => Envelope.Write(httpContext, 200, Envelope.Of(this));
}

/// <summary>The frame around every answer (api-contract §1). This is the only place that writes one.</summary>
internal static class Envelope
{
    public static ReadOnlyMemory<byte> Of(Success success) => Write(json =>
    {
        json.WriteBoolean("ok", true);
        json.WriteString("message", success.Message);
        json.WritePropertyName("result");
        json.WriteRawValue(success.Result, skipInputValidation: true);
        if (success.Named is not { } name) return;
        json.WritePropertyName(name);
        json.WriteRawValue(success.Result, skipInputValidation: true);
    });

    public static ReadOnlyMemory<byte> Of(Listing list) => Write(json =>
    {
        json.WriteBoolean("ok", true);
        json.WriteString("message", list.Message);
        json.WriteStartArray("result");
        foreach (var item in list.Items) json.WriteRawValue(item, skipInputValidation: true);
        json.WriteEndArray();
        json.WriteBoolean("hasNext", list.HasNext);
        json.WriteBoolean("hasPrevious", list.HasPrevious);
        json.WriteNumber("total", list.Total);
        json.WriteNumber("page", list.Page);
        json.WriteNumber("limit", list.Limit);
        if (list.NextCursor is { } cursor) json.WriteString("nextCursor", cursor);
    });

    public static async Task Write(HttpContext http, Refusal refusal)
    {
        if (refusal.Status == 401) http.Response.Headers.WWWAuthenticate = "Bearer";
        if (refusal.RetryAfterSeconds is { } seconds) http.Response.Headers.RetryAfter = seconds.ToString();
        await Write(http, refusal.Status, Of(refusal, http.TraceIdentifier));
    }

    public static async Task Write(HttpContext http, int status, ReadOnlyMemory<byte> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = body.Length;
        if (HttpMethods.IsHead(http.Request.Method)) return;
        await http.Response.BodyWriter.WriteAsync(body, http.RequestAborted);
    }

    private static ReadOnlyMemory<byte> Of(Refusal refusal, string requestId) => Write(json =>
    {
        json.WriteBoolean("ok", false);
        json.WriteString("message", refusal.Message);
        json.WriteNull("result");
        json.WriteString("code", refusal.Code);
        json.WriteString("request_id", requestId);
        if (refusal.Errors.Count == 0) return;
        json.WriteStartArray("errors");
        foreach (var error in refusal.Errors)
        {
            json.WriteStartObject();
            json.WriteString("field", error.Field);
            json.WriteString("message", error.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
