using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Voltgate.Server.Tests.Webhooks;

/// <summary>A request as a receiver saw it.</summary>
internal sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public string Id => Headers["webhook-id"];
}

/// <summary>A receiver of webhooks on a port of its own, that answers as it is told.</summary>
internal sealed class WebhookSink : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Received> all = new();
    private readonly SemaphoreSlim arrived = new(0);

    private WebhookSink(WebApplication app) => this.app = app;

    public Uri Url { get; private set; } = null!;

    public IReadOnlyList<Received> All => [.. all];

    /// <summary>Writes the answer; by default nothing is done and 200 goes out.</summary>
    public Func<HttpContext, Received, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public static async Task<WebhookSink> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var sink = new WebhookSink(builder.Build());
        sink.app.Run(sink.Take);
        await sink.app.StartAsync();
        sink.Url = new Uri(sink.app.Urls.First() + "/hook");
        return sink;
    }

    public void AnswerStatus(int status) => Answer = (http, _) =>
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    /// <summary>Completes when so many more requests have arrived.</summary>
    public async Task<IReadOnlyList<Received>> Wait(int count, int seconds = 20)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        for (var i = 0; i < count; i++) await arrived.WaitAsync(patience.Token);
        return All;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
        arrived.Dispose();
    }

    private async Task Take(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var headers = http.Request.Headers.ToDictionary(
            h => h.Key.ToLowerInvariant(), h => h.Value.ToString(), StringComparer.Ordinal);
        var received = new Received(http.Request.Path, headers, body.ToArray());
        all.Enqueue(received);
        arrived.Release();
        await Answer(http, received);
    }
}
