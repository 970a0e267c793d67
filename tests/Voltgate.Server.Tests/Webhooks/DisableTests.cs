using Voltgate.Server.Storage;
using Voltgate.Server.Webhooks;
using Voltgate.Tests;

namespace Voltgate.Server.Tests.Webhooks;

public sealed class DisableTests
{
    public static TheoryData<string> Databases => HookRig.Databases;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_410_switches_the_endpoint_off_and_back_on_it_gets_what_waited(string provider)
    {
        await using var sink = await WebhookSink.Start();
        sink.AnswerStatus(410);
        await using var rig = await HookRig.Start(provider);
        var webhook = await rig.Listen(sink.Url);
        await rig.StartDispatcher();
        var ids = await rig.Happen("station-a", 3);

        await sink.Wait(1);
        await HookRig.Until(async () => await rig.Number("select count(*) from webhooks where active") == 0);
        Assert.Equal(1, await rig.Number(
            "select count(*) from events where type = 'webhook.updated' "
            + "and body like '%\"disabled_reason\":\"gone\"%'"));
        await rig.Happen("station-a");
        Assert.Single(sink.All);

        sink.AnswerStatus(200);
        var unit = new List<Statement>();
        WebhookSwitch.On(unit, HookRig.Organization, webhook, ["*"], rig.Entropy.NowMs);
        await rig.Write("update webhooks set active = true, version = version + 1 where id = $1", webhook);
        await rig.Committer.Commit(unit);
        rig.Committer.Deliveries.Pulse();

        await rig.UntilState(webhook, "delivered", 3);
        Assert.Equal([ids[0], .. ids], sink.All.Select(r => r.Id));
    }

    [Fact]
    public async Task Five_days_of_nothing_but_failures_switch_the_endpoint_off()
    {
        var time = new ManualTime();
        await using var sink = await WebhookSink.Start();
        sink.AnswerStatus(500);
        await using var rig = await HookRig.Start("sqlite", time);
        await rig.Listen(sink.Url);
        await rig.StartDispatcher();

        await rig.Happen("station-a");
        await sink.Wait(1);
        await HookRig.Until(async () =>
            await rig.Number("select count(*) from webhooks where failing_since is not null") == 1);
        time.Advance(TimeSpan.FromDays(5));
        await rig.Happen("station-b");
        await HookRig.Until(async () => await rig.Number("select count(*) from webhooks where active") == 0);
        Assert.Equal(0, await rig.Number("select count(*) from webhook_patterns"));
    }

    [Fact]
    public async Task One_success_in_between_starts_the_five_days_anew()
    {
        var time = new ManualTime();
        await using var sink = await WebhookSink.Start();
        await using var rig = await HookRig.Start("sqlite", time);
        var webhook = await rig.Listen(sink.Url);
        await rig.StartDispatcher();
        foreach (var (status, stream) in ((int, string)[])[(500, "station-a"), (200, "station-b"), (500, "station-c")])
        {
            sink.AnswerStatus(status);
            await rig.Happen(stream);
            await sink.Wait(1);
            var failing = status == 200 ? 0 : 1;
            await HookRig.Until(async () =>
                await rig.Number("select count(*) from webhooks where failing_since is not null") == failing);
            if (stream != "station-c") time.Advance(TimeSpan.FromSeconds(1));
        }

        time.Advance(TimeSpan.FromDays(5) - TimeSpan.FromSeconds(1));
        await rig.Happen("station-d");
        await HookRig.Until(async () =>
            (await rig.Deliveries(webhook)).Any(d => d.Lane == "station-d" && d.Attempts == 1));
        Assert.Equal(1, await rig.Number("select count(*) from webhooks where active"));
    }
}
