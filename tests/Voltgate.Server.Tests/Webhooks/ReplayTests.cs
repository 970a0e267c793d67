using Microsoft.Extensions.Logging.Abstractions;
using Voltgate.Server.Webhooks;

namespace Voltgate.Server.Tests.Webhooks;

public sealed class ReplayTests
{
    public static TheoryData<string> Databases => HookRig.Databases;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task One_delivery_is_repeated_with_the_same_webhook_id(string provider)
    {
        await using var sink = await WebhookSink.Start();
        await using var rig = await HookRig.Start(provider);
        var webhook = await rig.Listen(sink.Url);
        await rig.StartDispatcher();
        var ids = await rig.Happen("station-a");
        await rig.UntilState(webhook, "delivered");

        var replay = new Replay(rig.Database, rig.Committer, rig.Entropy);
        var again = await replay.One(HookRig.Organization, webhook, ids[0]);
        await rig.UntilState(webhook, "delivered", 2);

        Assert.Equal([ids[0], ids[0]], sink.All.Select(r => r.Id));
        Assert.NotEqual(ids[0], again);
        Assert.Contains(await rig.Deliveries(webhook), d => d.Id == again && d.Lane == "replay/station-a");
        Assert.Null(await replay.One("another organisation", webhook, ids[0]));
        Assert.Null(await replay.One(HookRig.Organization, webhook, "unknown"));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_range_is_repeated_a_page_at_a_time_in_order(string provider)
    {
        await using var sink = await WebhookSink.Start();
        await using var rig = await HookRig.Start(provider);
        var from = rig.Entropy.NowMs;
        var ids = new List<string>();
        for (var i = 0; i < 12; i++) ids.AddRange(await rig.Happen("station-a", 100));
        var webhook = await rig.Listen(sink.Url);
        var replay = new Replay(rig.Database, rig.Committer, rig.Entropy);
        await replay.Range(HookRig.Organization, webhook, from, rig.Entropy.NowMs, ["session.*"]);
        await replay.Range(HookRig.Organization, webhook, from, rig.Entropy.NowMs, ["user.*"]);

        using var runner = Runner(rig);
        var passes = 0;
        while (await runner.Pass(CancellationToken.None)) passes++;
        Assert.Equal(2, passes);
        Assert.Equal(1200, (await rig.Deliveries(webhook)).Count);

        await rig.StartDispatcher();
        Assert.Equal(ids, (await sink.Wait(1200)).Select(r => r.Id));
    }

    [Fact]
    public async Task A_replay_does_not_run_ahead_of_an_endpoint_that_does_not_follow()
    {
        await using var rig = await HookRig.Start();
        var from = rig.Entropy.NowMs;
        for (var i = 0; i < 40; i++) await rig.Happen("station-" + i, 100);
        var webhook = await rig.Listen(new Uri("http://127.0.0.1:65000/hook"));
        var replay = new Replay(rig.Database, rig.Committer, rig.Entropy);
        await replay.Range(HookRig.Organization, webhook, from, rig.Entropy.NowMs, ["*"]);

        using var runner = Runner(rig);
        while (await runner.Pass(CancellationToken.None))
        {
            // Until it waits.
        }

        Assert.Equal(2000, (await rig.Deliveries(webhook)).Count);
        await rig.Write("update delivery_lanes set done_seq = last_seq");
        while (await runner.Pass(CancellationToken.None))
        {
            // Goes on from its cursor.
        }

        Assert.Equal(4000, (await rig.Deliveries(webhook)).Select(d => d.EventId).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_test_event_goes_to_its_endpoint_alone(string provider)
    {
        await using var sink = await WebhookSink.Start();
        await using var other = await WebhookSink.Start();
        await using var rig = await HookRig.Start(provider);
        var webhook = await rig.Listen(sink.Url);
        await rig.Listen(other.Url);
        await rig.StartDispatcher();

        var ping = new TestPing(rig.Database, rig.Committer, rig.Entropy);
        var id = await ping.Send(HookRig.Organization, webhook, """{"_id":"x"}""");
        var second = await ping.Send(HookRig.Organization, webhook, """{"_id":"x"}""");

        Assert.Equal([id, second], (await sink.Wait(2)).Select(r => r.Id));
        Assert.Contains("\"type\":\"webhook.test\"", sink.All[0].Text, StringComparison.Ordinal);
        Assert.Empty(other.All);
    }

    [Theory]
    [InlineData("*", "session.ended", true)]
    [InlineData("session.*", "session.ended", true)]
    [InlineData("session.*", "session.set_power_limit.requested", true)]
    [InlineData("session.ended", "session.ended", true)]
    [InlineData("session.*", "sessions.ended", false)]
    [InlineData("session.end", "session.ended", false)]
    public void A_pattern_names_types(string pattern, string type, bool matches) =>
        Assert.Equal(matches, EventPattern.Matches(pattern, type));

    private static ReplayRunner Runner(HookRig rig) => new(
        rig.Database, rig.Committer, rig.Entropy, rig.Clock, NullLogger<ReplayRunner>.Instance);
}
