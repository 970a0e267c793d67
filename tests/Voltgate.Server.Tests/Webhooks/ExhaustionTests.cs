using System.Text.Json.Nodes;
using Dapper;
using Voltgate.Server.Storage;
using Voltgate.Server.Webhooks;

namespace Voltgate.Server.Tests.Webhooks;

/// <summary>webhook.delivery_exhausted: once for each delivery that is given up, and never about itself.</summary>
public sealed class ExhaustionTests
{
    public static TheoryData<string> Databases => HookRig.Databases;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Who_listens_is_told_which_delivery_was_given_up(string provider)
    {
        await using var dead = await WebhookSink.Start();
        await using var sound = await WebhookSink.Start();
        dead.AnswerStatus(503);
        await using var rig = await HookRig.Start(provider);
        var webhook = await rig.Listen(dead.Url);
        var ids = await rig.Happen("station-a");
        await LastTry(rig, webhook);
        await rig.Listen(sound.Url);
        await rig.StartDispatcher();

        await rig.UntilState(webhook, "exhausted");
        var told = JsonNode.Parse((await sound.Wait(1))[0].Text)!;

        var delivery = (await rig.Deliveries(webhook)).Single(d => d.State == "exhausted");
        Assert.Equal(("webhook.delivery_exhausted", "webhook"), ((string)told["type"]!, (string)told["object"]!));
        Assert.Equal(webhook, (string)told["data"]!["_id"]!);
        var last = told["data"]!["last_exhausted"]!;
        Assert.Equal(
            (delivery.Id, ids[0], "session.updated", 10L, 503L, "status"),
            ((string)last["delivery"]!, (string)last["event"]!, (string)last["event_type"]!, (long)last["attempts"]!,
                (long)last["last_status"]!, (string)last["last_error"]!));
        Assert.Equal(told["data"]!.ToJsonString(), JsonNode.Parse(await Body(rig, webhook))!.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Many_at_once_are_told_one_by_one(string provider)
    {
        const int many = 30;
        await using var dead = await WebhookSink.Start();
        dead.AnswerStatus(500);
        await using var rig = await HookRig.Start(provider);
        var webhook = await rig.Listen(dead.Url);
        for (var i = 0; i < many; i++) await rig.Happen($"station-{i}");
        await LastTry(rig, webhook);
        await rig.StartDispatcher();

        await rig.UntilState(webhook, "exhausted", many);
        Assert.Equal(many, await Told(rig));
        Assert.Equal(1 + many, await rig.Number("select version from webhooks"));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_end_of_an_alert_raises_no_alert(string provider)
    {
        await using var dead = await WebhookSink.Start();
        dead.AnswerStatus(500);
        await using var rig = await HookRig.Start(provider);
        var webhook = await rig.Listen(dead.Url); // to everything: its own end, too
        await rig.Happen("station-a");
        await LastTry(rig, webhook);
        await rig.StartDispatcher();
        await rig.UntilState(webhook, "exhausted");

        await HookRig.Until(async () => (await rig.Deliveries(webhook)).Any(d => d.Lane == webhook && d.Attempts == 1));
        await HookRig.Until(async () =>
            await rig.Number("select count(*) from delivery_lanes where claimed_by is not null") == 0);
        await LastTry(rig, webhook);
        await rig.Write("update delivery_lanes set due_at = 0");
        rig.Committer.Deliveries.Pulse();

        await rig.UntilState(webhook, "exhausted", 2);
        Assert.Equal(1, await Told(rig));
        Assert.Equal(2, await rig.Number("select version from webhooks"));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Two_that_make_the_same_last_attempt_tell_of_it_once(string provider)
    {
        await using var rig = await HookRig.Start(provider);
        var webhook = await rig.Listen(new Uri("http://127.0.0.1:1/"));
        await rig.Happen("station-a");
        await LastTry(rig, webhook);
        var settled = await Settle(rig, webhook);
        var ends = Enumerable.Range(0, 4).Select(_ => rig.Exhaustion());

        await Task.WhenAll(ends.Select(e => e.Write(settled, CancellationToken.None)));

        Assert.Equal(1, await Told(rig));
        Assert.Equal("exhausted", Assert.Single(await rig.Deliveries(webhook), d => d.Attempts == 10).State);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task What_was_on_its_way_to_a_deleted_webhook_ends_without_an_alert(string provider)
    {
        await using var rig = await HookRig.Start(provider);
        var webhook = await rig.Listen(new Uri("http://127.0.0.1:1/"));
        await rig.Happen("station-a");
        await LastTry(rig, webhook);
        var settled = await Settle(rig, webhook);
        await rig.Write("delete from webhooks where id = $1", webhook);

        await rig.Exhaustion().Write(settled, CancellationToken.None);

        Assert.Equal("exhausted", Assert.Single(await rig.Deliveries(webhook)).State);
        Assert.Equal(0, await Told(rig));
    }

    /// <summary>Everything that waits has one attempt left.</summary>
    private static Task LastTry(HookRig rig, string webhook) =>
        rig.Write("update deliveries set attempts = 9 where webhook = $1 and state = 'pending'", webhook);

    /// <summary>The last attempt at what waits, as a process holds it that has not yet written it down.</summary>
    private static async Task<Settled> Settle(HookRig rig, string webhook)
    {
        var now = rig.Entropy.NowMs;
        var lane = Assert.Single(await rig.Claims(rig.Committer).Take(
            [(webhook, 1)], new Claim("holder", now + 60_000), now, CancellationToken.None));
        var endpoint = await new EndpointStore(rig.Database, s => s).Read(webhook, CancellationToken.None);
        var claimed = new Claimed(endpoint!, lane.Lane, Assert.Single(lane.Deliveries));
        var signature = Signature.Of(
            claimed.Delivery.EventId, now, claimed.Delivery.Body, claimed.Endpoint.KeysAt(now));
        var sent = new Sent(
            new Signed(claimed, signature, now), new Answer(null, Errors.Connection, null, 1, null));
        return Verdict.Of(sent, now, 0);
    }

    private static Task<long> Told(HookRig rig) =>
        rig.Number("select count(*) from events where type = 'webhook.delivery_exhausted'");

    private static async Task<string> Body(HookRig rig, string webhook)
    {
        await using var connection = await rig.Database.Open();
        return (await connection.ExecuteScalarAsync<string>(
            "select body from webhooks where id = @webhook", new { webhook }))!;
    }
}
