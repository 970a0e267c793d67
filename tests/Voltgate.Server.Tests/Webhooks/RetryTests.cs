using Microsoft.AspNetCore.Http;
using Voltgate.Server.Storage;
using Voltgate.Server.Webhooks;
using Voltgate.Tests;

namespace Voltgate.Server.Tests.Webhooks;

public sealed class RetryTests
{
    private static readonly TimeSpan[] Delays =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2),
        TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20),
        TimeSpan.FromHours(24),
    ];

    public static TheoryData<string> Databases => HookRig.Databases;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_delivery_that_always_fails_is_tried_by_the_table_and_then_given_up(string provider)
    {
        var time = new ManualTime();
        await using var sink = await WebhookSink.Start();
        sink.AnswerStatus(500);
        await using var rig = await HookRig.Start(provider, time);
        var webhook = await rig.Listen(sink.Url);
        await rig.StartDispatcher();
        var ids = await rig.Happen("station-a");

        foreach (var delay in Delays)
        {
            await sink.Wait(1);
            await Rested(rig, sink.All.Count);
            time.Advance(delay * 0.79);
            rig.Committer.Deliveries.Pulse();
            await Rested(rig, sink.All.Count);
            time.Advance(delay * 0.42);
            rig.Committer.Deliveries.Pulse();
        }

        await sink.Wait(1);
        await rig.UntilState(webhook, "exhausted");
        var attempts = await new DeliveryLog(rig.Database).Attempts(webhook, ids[0]);
        Assert.Equal(10, attempts.Count);
        for (var i = 0; i < Delays.Length; i++)
        {
            var waited = TimeSpan.FromMilliseconds(attempts[i + 1].At - attempts[i].At);
            Assert.InRange(waited, Delays[i] * 0.8, Delays[i] * 1.22);
        }

        // The webhook is told of the end, too: that is another event.
        Assert.All(sink.All.Take(10), r => Assert.Equal(ids[0], r.Id));
        Assert.Equal(10, sink.All.Take(10).Select(r => r.Headers["webhook-timestamp"]).Distinct().Count());
        Assert.All(attempts, a => Assert.Equal((500L, "status"), (a.Status, a.Error)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_head_that_fails_blocks_its_own_lane_and_no_other(string provider)
    {
        var time = new ManualTime();
        await using var sink = await WebhookSink.Start();
        var healed = false;
        sink.Answer = (http, received) =>
        {
            var fails = !healed && received.Text.Contains("station-a", StringComparison.Ordinal);
            http.Response.StatusCode = fails ? 500 : 200;
            return Task.CompletedTask;
        };
        await using var rig = await HookRig.Start(provider, time);
        var webhook = await rig.Listen(sink.Url);
        await rig.StartDispatcher();

        var blocked = await rig.Happen("station-a", 3);
        await rig.Happen("station-b", 5);
        await rig.UntilState(webhook, "delivered", 5);
        await Rested(rig, 1);
        Assert.Single(sink.All, r => r.Text.Contains("station-a", StringComparison.Ordinal));

        healed = true;
        time.Advance(TimeSpan.FromSeconds(7));
        rig.Committer.Deliveries.Pulse();
        await rig.UntilState(webhook, "delivered", 8);
        var ofBlocked = sink.All.Where(r => blocked.Contains(r.Id)).Select(r => r.Id);
        Assert.Equal([blocked[0], .. blocked], ofBlocked);
    }

    [Fact]
    public async Task An_exhausted_delivery_lets_those_behind_it_pass()
    {
        var time = new ManualTime();
        await using var sink = await WebhookSink.Start();
        await using var rig = await HookRig.Start("sqlite", time);
        var webhook = await rig.Listen(sink.Url);
        var ids = await rig.Happen("station-a", 2);
        await rig.Write("update deliveries set attempts = 9 where id = $1", ids[0]);
        sink.Answer = (http, received) =>
        {
            if (received.Id == ids[0]) http.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        await rig.StartDispatcher();

        await sink.Wait(3);
        await rig.UntilState(webhook, "delivered", 2);
        await rig.UntilState(webhook, "exhausted");
        Assert.Equal(ids, sink.All.Select(r => r.Id).Where(ids.Contains));
    }

    /// <summary>Until nothing is held and so many attempts are written down.</summary>
    private static Task Rested(HookRig rig, int attempts) => HookRig.Until(async () =>
        await rig.Number("select count(*) from delivery_lanes where claimed_by is not null") == 0
        && await rig.Number("select count(*) from delivery_attempts") >= attempts);
}
