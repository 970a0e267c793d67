using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Durability;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Api;

/// <summary>Previews, versions and recomputations; what they say is in the transcripts what-if and schedule.</summary>
public sealed class PricingTests(SharedServers servers)
{
    private const string Day =
        """{"name":"Day","currency":"EUR","price_components":[{"type":"ENERGY","price":0.39,"tax":19}]}""";

    private const string Times = "\"start_time\":\"2026-01-02T00:00:00Z\",\"end_time\":\"2026-01-02T01:00:00Z\"";

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_session_recomputed_under_its_own_rate_costs_what_it_cost(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var night = await stage.Api.Make("/rates", """
            {"name":"Night","currency":"EUR","price_components":[{"type":"ENERGY","price":0.2},
             {"type":"PARKING_TIME","price":1.7,"tax":19},{"type":"FLAT","price":1}]}
            """);
        var week = await stage.Api.Make("/rates/schedule", $$"""
            {"name":"Week","currency":"EUR","default_rate":"{{stage.Words["rate"]}}",
             "layout":[{"target":{"start_time":"13:20","end_time":"14:10"},"rate":"{{night}}"}]}
            """);
        (await stage.Api.Patch($"/connectors/{stage.Words["c1"]}", $$"""{"rate":"{{week}}"}""")).MustBe(200);
        var number = Talk.Number(await stage.Station.Ask("StartTransaction", Talk.Start(stage)));
        var id = (string)(await stage.Api.Get("/sessions")).Items[0]!["_id"]!;
        foreach (var wh in (int[])[3_001, 3_001, 9_007, 9_007, 12_000])
        {
            stage.Pass(17);
            await stage.Station.Call("MeterValues", Talk.Meter(stage, number, wh));
            await Agrees(stage, id, week);
        }

        stage.Pass(3);
        await stage.Station.Call("StopTransaction", Talk.Stop(stage, number, 12_345));
        await Agrees(stage, id, week);
        Assert.Equal(5, (int)(await stage.Api.Get($"/sessions/{id}/energy_reports")).MustBe(200).Json["total"]!);

        (await stage.Api.Patch($"/connectors/{stage.Words["c1"]}", $$"""{"rate":null}""")).MustBe(200);
        (await stage.Api.Delete("/rates/" + week)).MustBe(200);
        await Agrees(stage, id, week);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_session_whose_history_is_gone_has_a_price_by_plain_rates_only(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var number = Talk.Number(await stage.Station.Ask("StartTransaction", Talk.Start(stage)));
        stage.Pass(60);
        await stage.Station.Call("StopTransaction", Talk.Stop(stage, number, 4_000));
        var rate = stage.Words["rate"];
        var week = await stage.Api.Make("/rates/schedule", $$"""
            {"name":"Week","currency":"EUR","default_rate":"{{rate}}",
             "layout":[{"target":{"start_time":"13:20","end_time":"14:10"},"rate":"{{rate}}"}]}
            """);
        var id = (string)(await stage.Api.Get("/sessions")).Items[0]!["_id"]!;
        (await stage.Api.Post($"/sessions/{id}/reprice", $$"""{"rate":"{{week}}"}""")).MustBe(200);

        await stage.Execute("update messages set reading = null");

        await Agrees(stage, id, rate);
        var refused = await stage.Api.Post($"/sessions/{id}/reprice", $$"""{"rate":"{{week}}"}""");
        Assert.Equal("history_incomplete", refused.MustBe(409).Code);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Versions_are_kept_as_they_were(string provider)
    {
        using var tenant = await servers.Tenant(provider);
        var day = await tenant.Make("/rates", Day);
        var week = await tenant.Make("/rates/schedule", $$"""
            {"name":"Week","currency":"EUR","default_rate":"{{day}}","maximum_amount":9,"layout":[{"target":
             {"day_of_week":[1,5],"start_time":"22:00","end_time":"24:00","start_date":"2026-01-01"},"rate":"{{day}}"}]}
            """);
        (await tenant.Patch("/rates/" + day, """
            {"price_components":[{"type":"PARKING_TIME","price":6,"grace_period":0.25,"step_size":60}]}
            """)).MustBe(200);

        var (days, weeks) = (await Versions(tenant, day), await Versions(tenant, week));

        Assert.Equal([2, 1], days.Select(v => (int)v["version"]!));
        Assert.Equal(
            """[{"type":"PARKING_TIME","price":6,"tax":0,"grace_period":0.25,"step_size":60}]""",
            days[0]["price_components"]!.ToJsonString());
        Assert.Equal(
            """[{"type":"ENERGY","price":0.39,"tax":19}]""", days[1]["price_components"]!.ToJsonString());
        Assert.Equal([2, 1], weeks.Select(v => (int)v["version"]!));
        Assert.Equal(9m, (decimal)weeks[1]["maximum_amount"]!);
        Assert.Equal(0.39m, (decimal)weeks[1]["default_rate"]!["price_components"]![0]!["price"]!);
        Assert.Equal(
            """{"day_of_week":[1,5],"start_time":"22:00","end_time":"24:00","start_date":"2026-01-01"}""",
            weeks[1]["layout"]![0]!["target"]!.ToJsonString());
        Assert.Equal(6, (int)weeks[0]["layout"]![0]!["rate"]!["price_components"]![0]!["price"]!);
        using var other = await servers.Tenant(provider);
        (await other.Get($"/rates/{day}/versions")).MustBe(404);
        Assert.Equal(["colour"], (await tenant.Get($"/rates/{day}/versions?colour=red")).MustBe(422).Fields);
    }

    [Theory]
    [InlineData("{}", "start_time", "end_time", "energy")]
    [InlineData("""{"periods":[],"energy":1}""", "periods")]
    [InlineData("{" + Times + ",\"energy\":-1}", "energy")]
    [InlineData("{" + Times + ",\"energy\":\"12\"}", "energy")]
    [InlineData("{" + Times + ",\"energy\":0.1234567}", "energy")]
    [InlineData("{" + Times + ",\"energy\":1,\"colour\":\"red\"}", "colour")]
    [InlineData("{" + Times + ",\"energy\":1,\"timezone\":\"Mars/Olympus\"}", "timezone")]
    [InlineData("{" + Times + ",\"energy\":1,\"version\":7}", "version")]
    [InlineData("{" + Times + ",\"energy\":1,\"version\":0}", "version")]
    [InlineData("""{"start_time":"soon","end_time":"2026-01-02T01:00:00Z","energy":1}""", "start_time")]
    [InlineData("""{"start_time":"1999-12-31T00:00:00Z","end_time":"2026-01-02T01:00:00Z","energy":1}""", "start_time")]
    [InlineData("""{"start_time":"2026-01-02T01:00:00Z","end_time":"2026-01-02T00:59:59Z","energy":1}""", "end_time")]
    [InlineData("""{"start_time":"2026-01-02T01:00:00Z","end_time":"2026-02-02T01:00:01Z","energy":1}""", "end_time")]
    [InlineData("{" + Times + ",\"periods\":[{" + Times + "}]}", "start_time", "end_time")]
    [InlineData("{\"periods\":[{" + Times + ",\"status\":\"Sleeping\"}]}", "periods[0].status")]
    [InlineData("{\"periods\":[{" + Times + "},{" + Times + "}]}", "periods[1].start_time")]
    [InlineData("""{"periods":[{"start_time":"2026-01-02T00:00:00Z"}]}""", "periods[0].end_time")]
    public async Task What_a_preview_cannot_be_asked_is_named(string body, params string[] fields)
    {
        using var tenant = await servers.Tenant(On.Sqlite);
        var day = await tenant.Make("/rates", Day);
        Assert.Equal(fields, (await tenant.Post($"/rates/{day}/preview", body)).MustBe(422).Fields);
    }

    [Fact]
    public async Task What_cannot_be_repriced_is_named_and_of_others_nothing_is_told()
    {
        await using var stage = await Stage.Set(On.Sqlite);
        using var other = await stage.Server.Tenant("Other");
        var (foreign, nobody) = (await other.Make("/rates", Day), "0123456789abcdef01234567");
        await stage.Station.Ask("StartTransaction", Talk.Start(stage));
        var path = $"/sessions/{(await stage.Api.Get("/sessions")).Items[0]!["_id"]}/reprice";
        var own = stage.Words["rate"];

        foreach (var (body, field) in new[]
        {
            ("{}", "rate"), ("""{"rate":"day"}""", "rate"), ($$"""{"rate":"{{nobody}}"}""", "rate"),
            ($$"""{"rate":"{{foreign}}"}""", "rate"), ($$"""{"rate":"{{foreign}}","version":1}""", "rate"),
            ($$"""{"rate":"{{own}}","version":2}""", "version"), ($$"""{"rate":"{{own}}","tariff":1}""", "tariff"),
        })
            Assert.Equal([field], (await stage.Api.Post(path, body)).MustBe(422).Fields);
        (await other.Post(path, $$"""{"rate":"{{foreign}}"}""")).MustBe(404);
        (await stage.Api.Post($"/sessions/{nobody}/reprice", $$"""{"rate":"{{own}}"}""")).MustBe(404);
        (await stage.Api.Post($"/rates/{foreign}/preview", "{" + Times + ",\"energy\":1}")).MustBe(404);
        (await stage.Api.Post("/rates/day/preview", "{" + Times + ",\"energy\":1}")).MustBe(404);
    }

    private static async Task Agrees(Stage stage, string id, string rate)
    {
        var before = (await stage.Api.Get("/sessions/" + id)).MustBe(200).Body;
        var cost = JsonNode.Parse(before)!["result"]!["cost"]!.ToJsonString();
        var repriced = (await stage.Api.Post($"/sessions/{id}/reprice", $$"""{"rate":"{{rate}}"}""")).MustBe(200);
        Assert.Equal(cost, repriced.Result.ToJsonString());
        Assert.Equal(before, (await stage.Api.Get("/sessions/" + id)).MustBe(200).Body);
    }

    private static async Task<List<JsonNode>> Versions(ApiClient tenant, string rate) =>
        [.. (await tenant.Get($"/rates/{rate}/versions")).MustBe(200).Items.OfType<JsonNode>()];
}
