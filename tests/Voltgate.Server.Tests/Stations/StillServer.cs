using Voltgate.Tests;

namespace Voltgate.Server.Tests.Stations;

/// <summary>A server whose clock only a test moves, and one station of it.</summary>
internal sealed class StillServer : IAsyncDisposable
{
    private readonly TestServer server;
    private readonly List<RawSocket> sockets = [];

    private StillServer(TestServer server, ManualTime clock, Box box) =>
        (this.server, Clock, Box) = (server, clock, box);

    public ManualTime Clock { get; }

    public Box Box { get; }

    public static async Task<StillServer> Start(
        string provider = On.Sqlite, Func<ServerOptions, ServerOptions>? configure = null, string security = "none")
    {
        var clock = new ManualTime();
        var started = await TestServer.Start(provider, configure, clock);
        return new StillServer(started, clock, await Box.Make(started, security: security));
    }

    public Uri Url => server.Url;

    public TestServer Server => server;

    public async Task<RawSocket> Connect()
    {
        var socket = await Box.Connect();
        sockets.Add(socket);
        return socket;
    }

    /// <summary>Lets time pass in steps of 50 ms until it is done: how much passed.</summary>
    public async Task<TimeSpan> Passes(Task done)
    {
        var from = Clock.GetUtcNow();
        while (!done.IsCompleted)
        {
            await Task.WhenAny(done, Task.Delay(10));
            if (!done.IsCompleted) Clock.Advance(TimeSpan.FromMilliseconds(50));
        }

        await done;
        return Clock.GetUtcNow() - from;
    }

    /// <summary>Lets time pass in small steps until it holds.</summary>
    public Task Until(Func<Task<bool>> holds, string what) => Box.Until(
        async () =>
        {
            Clock.Advance(TimeSpan.FromMilliseconds(500));
            return await holds();
        },
        what);

    /// <summary>A server that closes sockets spreads that over time: here none would pass.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var socket in sockets) socket.Dispose();
        await Box.Becomes(online: false);
        Box.Dispose();
        await server.DisposeAsync();
    }
}
