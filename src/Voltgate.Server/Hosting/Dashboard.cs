using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Primitives;
using Voltgate.Server.Api;

namespace Voltgate.Server.Hosting;

/// <summary>
/// The dashboard: the files that its build left beside the program, and one page for every address that nobody else
/// answers. Without them the API is served all the same, and / says what is missing.
/// </summary>
internal sealed class Dashboard
{
    private const string Page = "index.html";

    private const string Missing = """
        Voltgate is running.

        Its dashboard is not part of this build: building it needs node 20 or newer, and npm.
        Install them, remove what was built (src/Voltgate.Server/bin) and start ./run again.

        The API is at /v1.1, its documentation at /docs, and `voltgate --help` teaches the commands.

        """;

    /// <summary>Scripts and styles of its own alone; the map draws in a worker and in pictures that it makes.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:[tiles]; "
        + "font-src 'self'; connect-src 'self'[tiles]; worker-src 'self'; form-action 'self'; "
        + "frame-ancestors 'none'; base-uri 'none'";

    /// <summary>Below these, as below the API's, an address that nobody answers is a mistake, not a page.</summary>
    private static readonly string[] Others = ["/ocpp", "/docs"];

    private readonly string policy;
    private readonly Lazy<Dictionary<string, BuiltFile>> files;

    /// <param name="folder">Where the build left them; it need not be there. Read when somebody comes.</param>
    public Dashboard(string folder, DashboardSection options)
    {
        policy = Policy.Replace("[tiles]", options.TileUrl.Length == 0 ? "" : " " + OriginOf(options.TileUrl));
        files = new(() => Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(
                path => Path.GetRelativePath(folder, path).Replace('\\', '/'),
                path => BuiltFile.Of(path, Path.GetFileName(path) == Page ? PageOf(path, options) : null))
            : []);
    }

    public static string BuiltFolder => Path.Combine(AppContext.BaseDirectory, "wwwroot");

    /// <summary>Whether it is the address of a map's tiles: "https://tiles.example.org/{z}/{x}/{y}.png".</summary>
    public static bool IsTiles(string url) =>
        Array.TrueForAll(["{z}", "{x}", "{y}"], url.Contains)
        && Uri.TryCreate(Numbered(url), UriKind.Absolute, out var at) && at.Scheme is "http" or "https";

    private static string Numbered(string url) => url.Replace("{z}", "0").Replace("{x}", "0").Replace("{y}", "0");

    private static string OriginOf(string tiles) => new Uri(Numbered(tiles)).GetLeftPart(UriPartial.Authority);

    /// <summary>The page, with what it must know before it may ask the API.</summary>
    private static byte[] PageOf(string path, DashboardSection options)
    {
        if (options.TileUrl.Length == 0) return File.ReadAllBytes(path);
        var told = $"""<meta name="voltgate-tiles" content="{WebUtility.HtmlEncode(options.TileUrl)}">"""
            + $"""<meta name="voltgate-tiles-by" content="{WebUtility.HtmlEncode(options.TileAttribution)}">""";
        return Encoding.UTF8.GetBytes(File.ReadAllText(path).Replace("</head>", told + "</head>"));
    }

    /// <summary>Answers what no route does.</summary>
    public void Map(WebApplication app) => app.UseWhen(IsPage, branch => branch.Run(Serve));

    private static bool IsPage(HttpContext http) => http.GetEndpoint() is null
        && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        && !ApiRoutes.Owns(http.Request.Path) && !Others.Any(other => http.Request.Path.StartsWithSegments(other));

    private Task Serve(HttpContext http)
    {
        var path = http.Request.Path.Value?.TrimStart('/') ?? "";
        http.Response.Headers.ContentSecurityPolicy = policy;
        if (path.Length > 0 && files.Value.TryGetValue(path, out var file))
            return file.Send(http, isNamedByContent: path.StartsWith("assets/", StringComparison.Ordinal));
        // A file that an older page asks for is gone; an address without a dot is one of the dashboard's.
        if (path.Contains('.') || (files.Value.Count == 0 && path.Length > 0)) return NotFound(http);
        return files.Value.TryGetValue(Page, out var page)
            ? page.Send(http, isNamedByContent: false)
            : SayMissing(http);
    }

    private static Task NotFound(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static Task SayMissing(HttpContext http)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.WriteAsync(Missing);
    }

    private sealed class BuiltFile(string type, string tag, byte[] bytes)
    {
        private static readonly FileExtensionContentTypeProvider Types = new();

        private readonly Lazy<byte[]> squeezed = new(() => Squeeze(bytes));

        /// <param name="told">What to send in its place; null: what it holds.</param>
        public static BuiltFile Of(string path, byte[]? told)
        {
            var bytes = told ?? File.ReadAllBytes(path);
            var type = Types.TryGetContentType(path, out var known) ? known : "application/octet-stream";
            if (type.StartsWith("text/", StringComparison.Ordinal)) type += "; charset=utf-8";
            return new BuiltFile(type, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"", bytes);
        }

        /// <param name="isNamedByContent">Its name changes with it: browsers may keep it for good.</param>
        public async Task Send(HttpContext http, bool isNamedByContent)
        {
            var headers = http.Response.Headers;
            headers.CacheControl = isNamedByContent ? "public, max-age=31536000, immutable" : "no-cache";
            headers.ETag = tag;
            headers.Vary = "Accept-Encoding";
            if (http.Request.Headers.IfNoneMatch.Contains(tag))
            {
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            http.Response.ContentType = type;
            var body = bytes;
            if (TakesBrotli(http.Request.Headers.AcceptEncoding) && squeezed.Value.Length < bytes.Length)
            {
                headers.ContentEncoding = "br";
                body = squeezed.Value;
            }

            http.Response.ContentLength = body.Length;
            if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.Body.WriteAsync(body);
        }

        private static bool TakesBrotli(StringValues accepted) =>
            accepted.ToString().Split(',').Any(word => word.Split(';')[0].Trim() == "br");

        private static byte[] Squeeze(byte[] bytes)
        {
            using var into = new MemoryStream();
            using (var brotli = new BrotliStream(into, CompressionLevel.Optimal)) brotli.Write(bytes);
            return into.ToArray();
        }
    }
}
