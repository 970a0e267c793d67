using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Voltgate.Bench.Processes;

/// <summary>The least that can be done: what the figures are ratios to.</summary>
internal static class Floors
{
    private const string AcceptGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455 §1.3

    public static Task Serve(string floor, int port) => floor switch
    {
        "echo" => Echo(port),
        "empty" => Empty(port),
        _ => throw new ArgumentException($"There is no floor '{floor}'.", nameof(floor)),
    };

    /// <summary>WebSocket frames come back as they went, on Kestrel's upgraded connection.</summary>
    private static async Task Echo(int port)
    {
        await using var app = Bare(port);
        app.Run(Echo);
        await app.RunAsync();
    }

    /// <summary>An ASP.NET Core application with one route.</summary>
    private static async Task Empty(int port)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, port));
        await using var app = builder.Build();
        app.MapGet("/", () => "");
        app.MapPost("/", async http => await http.Request.Body.CopyToAsync(Stream.Null));
        await app.RunAsync();
    }

    private static WebApplication Bare(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, port));
        return builder.Build();
    }

    [SuppressMessage("Security", "CA5350", Justification = "RFC 6455 §4.2.2 demands SHA-1; nothing is secured by it.")]
    private static async Task Echo(HttpContext http)
    {
        if (http.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade) return;
        var key = http.Request.Headers.SecWebSocketKey + AcceptGuid;
        http.Response.Headers.Connection = "Upgrade";
        http.Response.Headers.Upgrade = "websocket";
        http.Response.Headers.SecWebSocketAccept =
            Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key)));
        using var socket = WebSocket.CreateFromStream(
            await upgrade.UpgradeAsync(),
            new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = TimeSpan.Zero });
        var buffer = new byte[4096];
        while (true)
        {
            var got = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (got.MessageType == WebSocketMessageType.Close) return;
            await socket.SendAsync(
                buffer.AsMemory(0, got.Count), WebSocketMessageType.Text, got.EndOfMessage, CancellationToken.None);
        }
    }
}
