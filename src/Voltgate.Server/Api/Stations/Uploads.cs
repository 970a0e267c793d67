using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>
/// Where stations put the files that they were asked for: PUT or POST, the bytes themselves or a form, with or without
/// the file's name behind the URL. The token is all the permission, and good for one file.
/// </summary>
internal sealed class Uploads(UploadStore store)
{
    public const string Path = "/uploads";

    private const int LongestName = 100;

    // So much more than a file may have is read, so that the sender sees the answer and not a broken connection.
    private const int Patience = 1_048_576;

    public IReadOnlyList<ApiRoute> Routes =>
    [
        .. from verb in (string[])["PUT", "POST"]
           from name in (string[])["", "/{name}"]
           select new ApiRoute(verb, $"{Path}/{{token}}{name}", null, Take) { Open = true, Alias = true },
    ];

    private async Task<IResult> Take(Call call)
    {
        // One answer for a token that is wrong, used or too old: nobody learns which.
        if (await store.Opened(call.PathValue("token"), call.Cancel) is not { } upload) return Refusal.NotFound;
        var request = call.Http.Request;
        if (request.ContentLength > store.MaxBytes + Patience) return TooLong;
        if (call.Http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = (long)store.MaxBytes + Patience;
        try
        {
            var (file, name) = await FileOf(request, call.Cancel);
            if (file is null) return Refusal.Malformed("The form holds no file; send one, or the bytes themselves.");
            return await store.Receive(upload, NameOf(call.PathValue("name"), name), file, call.Cancel) switch
            {
                null => Refusal.Conflict("upload_superseded", "Another upload to this URL goes on, or is done."),
                < 0 => TooLong,
                0 => Refusal.Malformed("The file is empty."),
                _ => Success.Ok("Received", "null"),
            };
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return Refusal.Malformed("The form cannot be read; send the bytes themselves.");
        }
    }

    private Refusal TooLong => new(
        413, "too_large", $"The file is too long; this server takes {store.MaxBytes} bytes (Ocpp:UploadMaxBytes).");

    private static async Task<(Stream? File, string? Name)> FileOf(HttpRequest request, CancellationToken cancel)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return (request.Body, null);
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length == 0) return (null, null);
        var reader = new MultipartReader(boundary, request.Body);
        while (await reader.ReadNextSectionAsync(cancel) is { } section)
            if (section.GetContentDispositionHeader() is { } part && part.IsFileDisposition())
                return (section.Body, part.FileName.Value);
        return (null, null);
    }

    /// <summary>A plain name, whatever path and signs the station put into it.</summary>
    private static string NameOf(string path, string? form)
    {
        var given = path.Length > 0 ? Uri.UnescapeDataString(path) : form ?? "";
        var last = given[(given.LastIndexOfAny(['/', '\\']) + 1)..];
        var plain = new string([.. last.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_')])
            .TrimStart('.');
        return plain.Length == 0 ? "diagnostics" : plain[..Math.Min(plain.Length, LongestName)];
    }
}
