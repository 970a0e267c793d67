using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Voltgate.Bench.Processes;

/// <summary>A webhook receiver that does nothing but count and hand the body on.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private long count;

    private Receiver(WebApplication app, Uri url) => (this.app, Url) = (app, url);

    public Uri Url { get; }

    public long Count => Interlocked.Read(ref count);

    /// <summary>Shown each body; it is overwritten afterwards.</summary>
    public Action<ReadOnlyMemory<byte>>? Received { get; set; }

    public static async Task<Receiver> Start()
    {
        var port = Child.FreePort();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, port));
        var receiver = new Receiver(builder.Build(), new Uri($"http://127.0.0.1:{port}/"));
        receiver.app.Run(async http =>
        {
            using var body = new MemoryStream(4096);
            await http.Request.Body.CopyToAsync(body);
            receiver.Received?.Invoke(body.GetBuffer().AsMemory(0, (int)body.Length));
            Interlocked.Increment(ref receiver.count);
        });
        await receiver.app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
