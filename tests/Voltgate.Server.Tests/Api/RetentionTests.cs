using Voltgate.Server.Tests.Durability;
using Voltgate.Server.Tests.Transcripts;
using Voltgate.Server.Tests.Webhooks;

namespace Voltgate.Server.Tests.Api;

/// <summary>Events go when they are too old; what somebody still needs of them does not.</summary>
public sealed class RetentionTests
{
    private const string Locations = "/events?type=location.created&sort_order=asc";

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Old_events_go_and_young_ones_and_the_newest_stay(string provider)
    {
        await using var stage = await Stage.Set(provider);
        using var quiet = await stage.Server.Tenant("Quiet");
        await quiet.Make("/locations", """{"name":"First","timezone":"UTC"}""");
        stage.Clock.Leap(TimeSpan.FromSeconds(1));
        await quiet.Make("/locations", """{"name":"Last","timezone":"UTC"}""");
        var gone = await Id(quiet, 0);
        var newest = await Id(quiet, 1);
        await stage.Api.Make("/locations", """{"name":"Old","timezone":"UTC"}""");
        stage.Clock.Leap(TimeSpan.FromDays(60));
        await stage.Api.Make("/locations", """{"name":"Young","timezone":"UTC"}""");

        stage.Clock.Leap(TimeSpan.FromDays(29));
        await Turn(stage);
        Assert.Equal("Yard Old Young", await Names(stage.Api));
        stage.Clock.Leap(TimeSpan.FromDays(2));
        await Turn(stage, async () => await Names(stage.Api) == "Young" && await Names(quiet) == "Last");

        Assert.Equal("event_gone", (await quiet.Get($"/events/stream?last_event_id={gone}")).MustBe(410).Code);
        using var listener = await EventListener.Open(quiet, lastEventId: newest);
        var next = listener.Next();
        await quiet.Make("/locations", """{"name":"After","timezone":"UTC"}""");
        await Turn(stage, () => Task.FromResult(next.IsCompleted));
        Assert.Equal("After", (string)(await next).Json["data"]!["name"]!);
        await quiet.Make("/users", """{"firstname":"A","lastname":"B","email":"a@example.org"}""");
        if (provider == On.Sqlite)
            Assert.Equal(0, await stage.Count("event_index where place not in (select place from events)"));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task An_open_session_goes_on_and_a_closed_one_is_read_as_before(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var number = Talk.Number(await stage.Station.Ask("StartTransaction", Talk.Start(stage)));
        stage.Pass(10);
        await stage.Station.Call("MeterValues", Talk.Meter(stage, number, 1_000));
        var started = await stage.Count("events where type = 'session.started'");
        var open = (await stage.Sessions())[0]!.ToJsonString();
        await stage.Execute("update sessions set due_at = null"); // no target is to end it meanwhile

        stage.Clock.Leap(TimeSpan.FromDays(91));
        await stage.Api.Make("/locations", """{"name":"Now","timezone":"UTC"}""");
        await Turn(stage, async () => await stage.Count("events where type = 'session.started'") < started);
        Assert.Equal(open, (await stage.Sessions())[0]!.ToJsonString());
        await stage.Station.Call("StopTransaction", Talk.Stop(stage, number, 2_000));
        var closed = (await stage.Sessions())[0]!;
        Assert.Equal(("Ended", 2_000), ((string)closed["status"]!, (int)closed["metrics"]!["energyConsumed"]!));

        stage.Clock.Leap(TimeSpan.FromDays(91));
        await stage.Api.Make("/locations", """{"name":"Then","timezone":"UTC"}""");
        await Turn(stage, async () => await stage.Count("events where object = 'session'") == 0);
        Assert.Equal(closed.ToJsonString(), (await stage.Sessions())[0]!.ToJsonString());
        var timeline = (await stage.Api.Get($"/sessions/{closed["_id"]}/timeline")).MustBe(200).Items;
        Assert.Equal("frame frame frame cost", string.Join(' ', timeline.Select(e => e!["kind"])));
        Assert.Equal(1, (int)(await stage.Api.Get($"/sessions/{closed["_id"]}/energy_reports")).Json["total"]!);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task What_is_still_to_be_delivered_stays_and_what_was_goes_with_its_record(string provider)
    {
        await using var sink = await WebhookSink.Start();
        await using var stage = await Stage.Set(provider, configure: o => o with
        {
            Webhooks = o.Webhooks with { AllowedPrivateNetworks = ["127.0.0.0/8"] },
        });
        var hook = await stage.Api.Make("/webhooks", $$"""{"url":"{{sink.Url}}","events":["location.*"]}""");
        await stage.Api.Make("/locations", """{"name":"Told","timezone":"UTC"}""");
        await stage.Api.Post($"/webhooks/{hook}/test");
        await Turn(stage, async () => await stage.Count("deliveries where state = 'delivered'") == 2);
        sink.AnswerStatus(500);
        await stage.Api.Make("/locations", """{"name":"Untold","timezone":"UTC"}""");
        await Turn(
            stage, async () => await stage.Count("deliveries where state = 'pending' and attempts > 0") == 1);
        (await stage.Api.Patch($"/webhooks/{hook}", """{"active":false}""")).MustBe(200);

        stage.Clock.Leap(TimeSpan.FromDays(91));
        await stage.Api.Make("/locations", """{"name":"Now","timezone":"UTC"}""");
        await Turn(stage, async () => await Names(stage.Api) == "Untold Now");
        await Turn(stage, async () => await stage.Count("deliveries") == 1);
        Assert.Equal("pending", (string)(await stage.Api.Get($"/webhooks/{hook}/deliveries")).Items[0]!["state"]!);

        sink.AnswerStatus(200);
        (await stage.Api.Patch($"/webhooks/{hook}", """{"active":true}""")).MustBe(200);
        await stage.Api.Post($"/webhooks/{hook}/test");
        await Turn(stage, async () => await stage.Count("deliveries where state = 'delivered'") == 2);
        var tests = sink.All.Where(r => r.Text.Contains("webhook.test", StringComparison.Ordinal));
        Assert.Equal(2, tests.Select(r => r.Id).Distinct().Count());
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task It_is_done_in_batches_and_not_while_another_process_does_it(string provider)
    {
        await using var stage = await Stage.Set(provider);
        for (var (i, step) = (0, 1_000_000); i < 8; i++, step *= 2)
            await stage.Execute(
                "insert into events (stream, seq, id, organization, type, object, resource, at, body) "
                + $"select stream, seq + {step}, id, organization, type, object, resource, at, body from events");
        Assert.True(await stage.Count("events") > 1_500);
        stage.Clock.Leap(TimeSpan.FromDays(91));
        await stage.Api.Make("/locations", """{"name":"Now","timezone":"UTC"}""");
        var now = stage.Clock.NowMs;
        await stage.Execute($"update chores set due_at = {now + 7_200_000}");

        await Turn(stage);
        Assert.True(await stage.Count("events") > 1_500);
        await stage.Execute("update chores set due_at = 0");

        var old = $"events where at < {now - 1} and organization = (select organization from chargestations)";
        await Turn(stage, async () => await stage.Count(old) == 0);
    }

    [Theory]
    [InlineData(0, "Yard Now")]
    [InlineData(1, "Now")]
    public async Task They_are_kept_as_long_as_the_setting_says(int days, string left)
    {
        await using var stage = await Stage.Set(
            On.Sqlite, configure: o => o with { Storage = o.Storage with { EventKeepDays = days } });
        stage.Clock.Leap(TimeSpan.FromDays(2_000));
        await stage.Api.Make("/locations", """{"name":"Now","timezone":"UTC"}""");

        await Turn(stage, days == 0 ? null : async () => await Names(stage.Api) == left);

        Assert.Equal(left, await Names(stage.Api));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Frames_go_after_their_time_and_what_a_bill_was_made_of_stays(string provider)
    {
        await using var stage = await Stage.Set(
            provider, configure: o => o with { Storage = o.Storage with { MessageKeepDays = 30, EventKeepDays = 0 } });
        var number = Talk.Number(await stage.Station.Ask("StartTransaction", Talk.Start(stage)));
        stage.Pass(1);
        await stage.Station.Call("MeterValues", Talk.Meter(stage, number, 100));
        await stage.Station.Call("Authorize", """{"idTag":"EARLY"}""");
        var session = (string)(await stage.Sessions())[0]!["_id"]!;
        var events = await stage.Count("events");
        stage.Clock.Leap(TimeSpan.FromDays(31));
        await stage.Station.Call("Authorize", """{"idTag":"LATE"}""");

        await Turn(stage, async () => await stage.Count("messages where action = 'BootNotification'") == 0);
        Assert.Equal(1, await stage.Count("messages where body like '%EARLY%'")); // waits behind an open session
        await stage.Station.Call("StopTransaction", Talk.Stop(stage, number, 200));
        await Turn(stage, async () => await stage.Count("messages where body like '%EARLY%'") == 0);

        Assert.Equal(1, await stage.Count("messages where body like '%LATE%'"));
        Assert.Equal(1, await stage.Count("messages where action = 'StartTransaction' and body like '%meterStart%'"));
        Assert.Equal(1, await stage.Count("messages where action = 'MeterValues' and body = 'null'"));
        Assert.NotEmpty((await stage.Api.Get($"/sessions/{session}/energy_reports")).MustBe(200).Items);
        Assert.Equal(await stage.Count("messages"), await stage.Count("message_places"));
        Assert.True(await stage.Count("events") > events);
    }

    /// <summary>Lets some time pass, a minute at a time, and until it is so where that is asked.</summary>
    private static async Task Turn(Stage stage, Func<Task<bool>>? isSo = null)
    {
        for (var i = 0; isSo is null ? i < 30 : !await isSo(); i++)
        {
            Assert.True(i < 500, "It never came about. " + stage.Logged);
            stage.Clock.Leap(TimeSpan.FromMinutes(1));
            await Task.Delay(15);
        }
    }

    private static async Task<string> Names(ApiClient api) =>
        string.Join(' ', (await api.Get(Locations)).MustBe(200).Items.Select(e => e!["data"]!["name"]));

    private static async Task<string> Id(ApiClient api, int at) =>
        (string)(await api.Get(Locations)).MustBe(200).Items[at]!["_id"]!;
}
