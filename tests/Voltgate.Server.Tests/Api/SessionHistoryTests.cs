using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Durability;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Api;

/// <summary>What a session's two histories may be asked: pages and an order; all else is refused by name.</summary>
public sealed class SessionHistoryTests
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task They_are_told_oldest_first_or_newest_first_page_by_page(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var id = await Charge(stage, 1_000, 2_000, 3_000);
        var reports = $"/sessions/{id}/energy_reports";

        Assert.Equal("1000 2000 3000", await Meters(stage, reports));
        Assert.Equal("1000 2000 3000", await Meters(stage, reports + "?sort_order=asc"));
        Assert.Equal("3000 2000 1000", await Meters(stage, reports + "?sort_order=DESC"));
        Assert.Equal("1000", await Meters(stage, reports + "?sort_order=desc&paginate_limit=2&paginate_page=2"));
        var whats = await Whats(stage, $"/sessions/{id}/timeline");
        Assert.Equal("StartTransaction", whats[0]);
        Assert.Equal(Enumerable.Reverse(whats), await Whats(stage, $"/sessions/{id}/timeline?sort_order=desc"));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task What_they_cannot_do_is_refused_and_not_promised(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var id = await Charge(stage, 1_000);
        using var document = await stage.Api.Http.GetAsync("/openapi.json");
        var paths = JsonNode.Parse(await document.Content.ReadAsStringAsync())!["paths"]!;

        foreach (var history in (string[])["energy_reports", "timeline"])
        {
            foreach (var name in (string[])
                ["createdAt[$gte]", "updatedAt[$lt]", "sort_by", "paginate_cursor", "include_user", "status"])
            {
                var refused = await stage.Api.Get($"/sessions/{id}/{history}?{name}=2026-01-02T03:04:05Z");
                Assert.Equal([name], refused.MustBe(422).Fields);
            }

            Assert.Equal(
                "id paginate_limit paginate_page paginate_enabled sort_order",
                string.Join(' ', paths[$"/sessions/{{id}}/{history}"]!["get"]!["parameters"]!.AsArray()
                    .Select(p => p!["name"])));
        }
    }

    private static async Task<string> Charge(Stage stage, params int[] registers)
    {
        var number = Talk.Number(await stage.Station.Ask("StartTransaction", Talk.Start(stage)));
        foreach (var wh in registers)
        {
            stage.Pass(10);
            await stage.Station.Call("MeterValues", Talk.Meter(stage, number, wh));
        }

        return (string)(await stage.Api.Get("/sessions")).Items[0]!["_id"]!;
    }

    private static async Task<string> Meters(Stage stage, string path) =>
        string.Join(' ', (await stage.Api.Get(path)).MustBe(200).Items.Select(r => r!["energy_meter"]!["value"]));

    private static async Task<string[]> Whats(Stage stage, string path) =>
        [.. (await stage.Api.Get(path)).MustBe(200).Items.Select(r => (string)r!["what"]!)];
}
