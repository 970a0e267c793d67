using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Voltgate.Server.Storage;
using Voltgate.Server.Webhooks;

namespace Voltgate.Server.Tests.Webhooks;

public sealed class IsolationTests
{
    public static TheoryData<string> Databases => HookRig.Databases;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task An_endpoint_that_hangs_delays_no_other(string provider)
    {
        await using var hanging = await WebhookSink.Start();
        hanging.Answer = (http, _) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
        await using var sink = await WebhookSink.Start();
        await using var rig = await HookRig.Start(provider);
        await rig.Listen(hanging.Url);
        await rig.Listen(sink.Url);
        await rig.StartDispatcher();

        for (var i = 0; i < 100; i++) await rig.Happen("station-" + i);

        // The hanging one holds its turns for 15 s; the other must be done long before.
        await sink.Wait(100, seconds: 10);
        Assert.InRange(hanging.All.Count, 1, 10);
    }

    [Fact]
    public async Task Lanes_of_one_endpoint_are_sent_side_by_side_up_to_the_limit()
    {
        var inside = 0;
        var most = 0;
        using var open = new SemaphoreSlim(0);
        await using var sink = await WebhookSink.Start();
        sink.Answer = async (_, _) =>
        {
            var now = Interlocked.Increment(ref inside);
            InterlockedMax(ref most, now);
            await open.WaitAsync();
            Interlocked.Decrement(ref inside);
        };
        await using var rig = await HookRig.Start();
        rig.Options = new WebhooksSection { ConcurrentPerEndpoint = 4 };
        var webhook = await rig.Listen(sink.Url);
        await rig.StartDispatcher();
        for (var i = 0; i < 12; i++) await rig.Happen("station-" + i, 2);

        await sink.Wait(4);
        open.Release(1000);
        await rig.UntilState(webhook, "delivered", 24);
        Assert.Equal(4, most);
    }

    [Fact]
    public void Whoever_holds_least_comes_first_and_nobody_gets_everything()
    {
        var held = new Dictionary<string, int> { ["greedy"] = 390, ["other"] = 0 };
        var granted = Allotment.Of(
            [new("g1", "greedy", 390, 30), new("o1", "other", 0, 30), new("g2", "greedy", 0, 30)], held);
        Assert.Equal([("o1", 30), ("g2", 10)], granted);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Eight_racing_dispatchers_never_take_the_same_lane(string provider)
    {
        await using var rig = await HookRig.Start(provider);
        var webhook = await rig.Listen(new Uri("http://127.0.0.1:65000/hook"));
        for (var i = 0; i < 400; i++) await rig.Happen("station-" + i);

        var taken = new ConcurrentBag<string>();
        using var start = new Barrier(8);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            using var committer = new Committer(rig.Database, NullLogger<Committer>.Instance);
            var mine = rig.Provider == "sqlite" ? rig.Committer : committer;
            await committer.StartAsync(CancellationToken.None);
            var claims = rig.Claims(mine);
            start.SignalAndWait();
            for (var round = 0; round < 20; round++)
            {
                var now = rig.Entropy.NowMs;
                var claim = new Claim($"{n}-{round}", now + 60_000);
                var lanes = await claims.Take([(webhook, 10)], claim, now, CancellationToken.None);
                foreach (var lane in lanes) taken.Add(lane.Lane);
            }

            await committer.StopAsync(CancellationToken.None);
        })));

        Assert.Equal(400, taken.Count);
        Assert.Equal(400, taken.Distinct().Count());
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value
            && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
            // Another was faster; look again.
        }
    }
}
