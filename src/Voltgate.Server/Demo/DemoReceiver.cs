using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Voltgate.Server.Demo;

/// <summary>
/// A webhook receiver on loopback, as an application would write one: it checks both signatures by the contract
/// (§4 Webhooks), not by this server's own code, and shows what came.
/// </summary>
internal sealed class DemoReceiver(Terminal terminal) : IAsyncDisposable
{
    private readonly Channel<JsonNode> _received = Channel.CreateBounded<JsonNode>(
        new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropOldest });

    private WebApplication? _app;

    /// <summary>Known once the webhook is registered; until then nothing can be verified.</summary>
    public string Secret { get; set; } = "";

    public string Url => _app!.Urls.First() + "/webhooks";

    public async Task Start(CancellationToken cancel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "voltgate" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(Receive);
        await _app.StartAsync(cancel);
    }

    /// <summary>Waits for an event of that type about that resource.</summary>
    public async Task<JsonNode> Next(string type, string id, CancellationToken cancel)
    {
        await foreach (var happened in _received.Reader.ReadAllAsync(cancel))
            if ((string?)happened["type"] == type && (string?)happened["data"]?["_id"] == id) return happened["data"]!;
        throw new OperationCanceledException(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }

    private async Task Receive(HttpContext http)
    {
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        var body = buffer.ToArray();
        var isSigned = IsSigned(http.Request.Headers, body);
        var happened = JsonNode.Parse(body)!;
        terminal.Tell(
            "webhook", "<", $"{Told(happened)}  {(isSigned ? "signature ok" : "SIGNATURE WRONG")}",
            isSigned ? Ink.Magenta : Ink.Red);
        http.Response.StatusCode = isSigned ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized;
        if (isSigned) await _received.Writer.WriteAsync(happened, http.RequestAborted);
    }

    private static string Told(JsonNode happened)
    {
        var (type, data) = ((string)happened["type"]!, happened["data"]!);
        if ((string?)happened["object"] == "session") return $"{type}  {DemoWords.Session(data)}";
        return data["status"] is { } status ? $"{type}  status={status}" : type;
    }

    private bool IsSigned(IHeaderDictionary headers, byte[] body)
    {
        if (Secret.Length == 0) return false;
        var plain = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body));
        if (!headers["edrv-signature"].ToString().Contains("v1=" + plain)) return false;
        var key = Convert.FromBase64String(Secret["whsec_".Length..]);
        var head = Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{headers["webhook-timestamp"]}.");
        var standard = "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, (byte[])[.. head, .. body]));
        return headers["webhook-signature"].ToString().Split(' ').Contains(standard);
    }
}
