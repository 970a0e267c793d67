using Voltgate.Server.Webhooks;
using Voltgate.Tests;

namespace Voltgate.Server.Tests.Webhooks;

public sealed class CrashTests
{
    public static TheoryData<string> Databases => HookRig.Databases;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task What_a_dead_process_held_is_sent_by_another_when_its_lease_ends(string provider)
    {
        var time = new ManualTime();
        await using var sink = await WebhookSink.Start();
        await using var rig = await HookRig.Start(provider, time);
        var webhook = await rig.Listen(sink.Url);
        var ids = await rig.Happen("station-a", 3);

        // The first process claims, sends the first one, and dies before it writes anything down.
        var claim = new Claim("dead", time.NowMs + 60_000);
        var claims = rig.Claims(rig.Committer);
        var lane = Assert.Single(await claims.Take([(webhook, 10)], claim, time.NowMs, CancellationToken.None));
        Assert.Equal(ids, lane.Deliveries.Select(d => d.EventId));
        Assert.Empty(await claims.Take(
            [(webhook, 10)], new Claim("early", time.NowMs + 60_000), time.NowMs, CancellationToken.None));

        time.Advance(TimeSpan.FromSeconds(61));
        await rig.StartDispatcher();
        await rig.UntilState(webhook, "delivered", 3);
        Assert.Equal(ids, sink.All.Select(r => r.Id));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_process_that_died_in_the_middle_of_a_long_lane_leaves_nothing_behind(string provider)
    {
        await using var sink = await WebhookSink.Start();
        await using var rig = await HookRig.Start(provider);
        var webhook = await rig.Listen(sink.Url);
        var ids = await rig.Happen("station-a", 100);
        // It had written down what it sent, and died before it gave the lane back.
        await rig.Write("update deliveries set state = 'delivered' where webhook = $1 and seq <= 20", webhook);

        await rig.StartDispatcher();
        await rig.UntilState(webhook, "delivered", 100);
        Assert.Equal(ids.Skip(20), sink.All.Select(r => r.Id));
    }

    [Fact]
    public async Task On_SQLite_a_restart_does_not_wait_for_the_lease()
    {
        var time = new ManualTime();
        await using var sink = await WebhookSink.Start();
        await using var rig = await HookRig.Start("sqlite", time);
        var webhook = await rig.Listen(sink.Url);
        await rig.Happen("station-a");
        await rig.Claims(rig.Committer).Take(
            [(webhook, 10)], new Claim("dead", time.NowMs + 60_000), time.NowMs, CancellationToken.None);

        await rig.StartDispatcher();
        await sink.Wait(1);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_stop_finishes_what_is_under_way_and_gives_the_rest_back(string provider)
    {
        using var open = new SemaphoreSlim(0);
        await using var sink = await WebhookSink.Start();
        sink.Answer = async (_, _) => await open.WaitAsync();
        await using var rig = await HookRig.Start(provider);
        var webhook = await rig.Listen(sink.Url);
        var dispatcher = await rig.StartDispatcher();
        var ids = await rig.Happen("station-a", 3);
        await sink.Wait(1);

        var stopped = dispatcher.StopAsync(CancellationToken.None);
        open.Release(100);
        await stopped;

        Assert.Single(sink.All);
        Assert.Single(await rig.Deliveries(webhook), d => d.State == "delivered");
        Assert.Equal(0, await rig.Number("select count(*) from delivery_lanes where claimed_by is not null"));
        await rig.StartDispatcher();
        await rig.UntilState(webhook, "delivered", 3);
        Assert.Equal(ids, sink.All.Select(r => r.Id));
    }

    [Fact]
    public async Task Who_lost_its_lease_cannot_give_the_lane_back()
    {
        await using var rig = await HookRig.Start();
        var webhook = await rig.Listen(new Uri("http://127.0.0.1:65000/hook"));
        await rig.Happen("station-a", 2);
        var claims = rig.Claims(rig.Committer);
        var now = rig.Entropy.NowMs;
        var lost = (await claims.Take([(webhook, 1)], new Claim("lost", now - 1), now, CancellationToken.None))[0];
        await claims.Take([(webhook, 1)], new Claim("holder", now + 60_000), now, CancellationToken.None);

        await rig.Committer.Commit(LedgerSql.Word([new LedgerEntry.LaneRested(lost, lost.EndSeq, now)]));

        Assert.Equal(1, await rig.Number(
            "select count(*) from delivery_lanes where claimed_by = 'holder' and done_seq < last_seq"));
    }
}
