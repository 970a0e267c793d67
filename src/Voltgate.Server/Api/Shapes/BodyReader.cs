using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Voltgate.Server.Api;

/// <summary>Reads a JSON body and answers with every mistake in it at once.</summary>
internal static class BodyReader
{
    // Parsing does not recurse; what lies deeper than Hygiene allows is told as a field error, not as bad JSON.
    private static readonly JsonDocumentOptions Parsing = new() { MaxDepth = 1_000 };

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>
    /// So much beyond the limit is read and thrown away: a caller who is cut off while still sending sees a broken
    /// connection, not the 413 that says what to do.
    /// </summary>
    private const int Patience = 8 * 1_048_576;

    private const int Chunk = 16_384;

    /// <exception cref="BadHttpRequestException">413: the body is longer than <paramref name="max"/> bytes.</exception>
    public static async Task<byte[]> Bytes(HttpContext http, int max)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = (long)max + Patience;
        using var buffer = new MemoryStream();
        var chunk = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            var total = 0L;
            while (await http.Request.Body.ReadAsync(chunk, http.RequestAborted) is var read and > 0)
            {
                total += read;
                if (total <= max) buffer.Write(chunk, 0, read);
            }

            return total <= max ? buffer.ToArray() : throw new BadHttpRequestException("The body is too long.", 413);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    public static Outcome<JsonObject> Check(HttpRequest request, byte[] body, Shape shape, bool patch)
    {
        if (!IsJson(request)) return Refusal.Of(415);
        var text = body.AsMemory();
        if (text.Span.StartsWith(ByteOrderMark)) text = text[ByteOrderMark.Length..];
        if (text.Length == 0)
        {
            if (shape.Fields.Any(f => f.Required) && !patch)
                return Refusal.Malformed("The body is empty; send a JSON object.");
            text = "{}"u8.ToArray();
        }

        try
        {
            using var document = JsonDocument.Parse(text, Parsing);
            return Check(document.RootElement, shape, patch);
        }
        catch (JsonException e)
        {
            return Refusal.Malformed(
                $"The body is not valid JSON: look at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
    }

    private static Outcome<JsonObject> Check(JsonElement root, Shape shape, bool patch)
    {
        if (root.ValueKind != JsonValueKind.Object) return Refusal.Invalid("", "Send a JSON object.");
        var errors = Hygiene.Of(root);
        if (errors.Count > 0) return Refusal.Invalid(errors);
        var reader = new ShapeReader(patch);
        var read = reader.Object(root, shape, "");
        return reader.Errors.Count > 0 ? Refusal.Invalid(reader.Errors) : read;
    }

    private static bool IsJson(HttpRequest request)
    {
        if (string.IsNullOrEmpty(request.ContentType)) return true;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)) return false;
        var isUtf8 = !type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase);
        return isUtf8 && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));
    }
}
