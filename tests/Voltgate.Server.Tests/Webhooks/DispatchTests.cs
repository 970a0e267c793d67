namespace Voltgate.Server.Tests.Webhooks;

public sealed class DispatchTests
{
    public static TheoryData<string> Databases => HookRig.Databases;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task What_happened_reaches_the_endpoint_and_is_written_down(string provider)
    {
        await using var sink = await WebhookSink.Start();
        await using var rig = await HookRig.Start(provider);
        var webhook = await rig.Listen(sink.Url);
        await rig.StartDispatcher();

        var ids = await rig.Happen("station-a");

        var received = Assert.Single(await sink.Wait(1));
        Assert.Equal(ids[0], received.Id);
        Assert.Contains("\"n\":1", received.Text, StringComparison.Ordinal);
        await rig.UntilState(webhook, "delivered");
        var attempt = Assert.Single(await rig.Attempts(webhook));
        Assert.Equal((1, 200L, null), (attempt.Number, attempt.Status, attempt.Error));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_thousand_updates_of_one_station_arrive_in_order(string provider)
    {
        await using var sink = await WebhookSink.Start();
        await using var rig = await HookRig.Start(provider);
        await rig.Listen(sink.Url);
        await rig.StartDispatcher();

        var ids = new List<string>();
        for (var i = 0; i < 20; i++) ids.AddRange(await rig.Happen("station-a", 50));

        Assert.Equal(ids, (await sink.Wait(1000)).Select(r => r.Id));
    }
}
