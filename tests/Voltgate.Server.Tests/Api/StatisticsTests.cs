using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Storage;
using Voltgate.Server.Tests.Durability;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Api;

/// <summary>Counts of the network and sums of its days: what the lists would add up to.</summary>
public sealed class StatisticsTests
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Days_add_up_what_ended_in_them_by_the_clock_of_a_zone(string provider)
    {
        await using var stage = await Stage.Set(provider); // 10 March, 12:00 in UTC
        await Charge(stage, 1_000, minutes: 60);
        await Charge(stage, 500, minutes: 60);
        stage.Pass(9 * 60 + 15); // 23:15, and in Berlin the next day
        await Charge(stage, 2_000, minutes: 15);
        await stage.Station.Call("StartTransaction", Talk.Start(stage)); // runs, and counts nowhere

        Assert.Equal(
            "2026-03-10 3 3500 1.75 eur, 2026-03-11 0 0",
            await Days(stage, "from=2026-03-10&to=2026-03-11"));
        Assert.Equal(
            "2026-03-10 2 1500 0.75 eur, 2026-03-11 1 2000 1 eur",
            await Days(stage, "from=2026-03-10&to=2026-03-11&timezone=Europe/Berlin"));
        var usual = (await stage.Api.Get("/statistics/days")).MustBe(200).Result;
        Assert.Equal(30, usual["days"]!.AsArray().Count);
        Assert.Equal(("UTC", "2026-03-10"), ((string?)usual["timezone"], (string?)usual["days"]![29]!["day"]));
        var sessions = (await stage.Api.Get("/sessions?status=Ended")).Items;
        Assert.Equal(
            sessions.Sum(s => (decimal)s!["cost"]!["amount"]!),
            usual["days"]!.AsArray().Sum(d => d!["revenue"]!.AsArray().Sum(r => (decimal)r!["amount"]!)));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Currencies_are_never_added_and_what_has_no_price_counts_its_energy(string provider)
    {
        await using var stage = await Stage.Set(provider);
        await Charge(stage, 1_000);
        var francs = await stage.Api.Make(
            "/rates",
            """{"name":"Swiss","currency":"CHF","price_components":[{"type":"FLAT","price":3,"tax":0}]}""");
        await Price(stage, $"\"{francs}\"");
        await Charge(stage, 1_000);
        await Price(stage, "null");
        await Charge(stage, 250);

        Assert.Equal("2026-03-10 3 2250 3 chf 0.5 eur", await Days(stage, "from=2026-03-10"));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_database_of_before_is_counted_as_well(string provider)
    {
        await using var stage = await Stage.Set(provider);
        await Charge(stage, 1_000);
        await Price(stage, "null");
        await Charge(stage, 250);
        await stage.Station.Call("StartTransaction", Talk.Start(stage));
        var before = await Days(stage, "from=2026-03-10");
        await stage.Execute("drop index sessions_over");
        foreach (var column in (string[])["energy", "amount", "currency"])
            await stage.Execute("alter table sessions drop column " + column);
        await stage.Execute("delete from schema_migrations where number = 14");

        await Migrations.Run(stage.Server.Services.GetRequiredService<Database>(), stage.Clock);

        Assert.Equal("2026-03-10 2 1250 0.5 eur", before);
        Assert.Equal(before, await Days(stage, "from=2026-03-10"));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task The_network_is_counted_as_it_stands(string provider)
    {
        await using var stage = await Stage.Set(provider);
        await stage.Api.Make("/chargestations", """{"name":"Away","active":false,"connectors":[{"connectorId":1}]}""");
        using var other = await stage.Server.Tenant();
        await other.Make("/chargestations", """{"name":"Theirs"}""");
        var number = Talk.Number(await stage.Station.Ask("StartTransaction", Talk.Start(stage)));
        await stage.Station.Report(1, "Charging", stage.Clock.GetUtcNow());
        stage.Pass(1);
        await stage.Station.Call("MeterValues", $$"""
            {"connectorId":1,"transactionId":{{number}},"meterValue":[{"timestamp":"{{stage.Clock.GetUtcNow():O}}",
             "sampledValue":[{"value":"100"},{"value":"11.04","measurand":"Power.Active.Import","unit":"kW"}]}]}
            """);

        var network = (await stage.Api.Get("/statistics/network")).MustBe(200).Result;
        Assert.Equal("""{"total":2,"online":1,"inactive":1}""", network["chargestations"]!.ToJsonString());
        Assert.Equal("""{"created":0,"started":1}""", network["sessions"]!.ToJsonString());
        Assert.Equal(11.04m, (decimal)network["power"]!);
        Assert.Equal(
            ["Available 1", "Charging 1", "none 1"],
            network["connectors"]!.AsArray().Select(c => $"{c!["status"] ?? "none"} {c["count"]}").Order());
        var theirs = (await other.Get("/statistics/network")).MustBe(200).Result;
        Assert.Equal("""{"total":1,"online":0,"inactive":0}""", theirs["chargestations"]!.ToJsonString());
        Assert.Equal(0m, (decimal)theirs["power"]!);
        Assert.All(
            (await other.Get("/statistics/days")).MustBe(200).Result["days"]!.AsArray(),
            d => Assert.Equal(0, (int)d!["sessions"]!));
    }

    [Theory]
    [InlineData("from=2026-02-30", "from")]
    [InlineData("to=yesterday", "to")]
    [InlineData("from=2026-03-02&to=2026-03-01", "from")]
    [InlineData("from=2025-01-01&to=2026-03-01", "from")]
    [InlineData("from=0001-01-01", "from")]
    [InlineData("to=9999-12-31", "to")]
    [InlineData("timezone=Mars/Olympus", "timezone")]
    [InlineData("colour=red", "colour")]
    public async Task What_cannot_be_counted_is_named(string query, string field)
    {
        await using var stage = await Stage.Set(On.Sqlite);

        var answer = (await stage.Api.Get("/statistics/days?" + query)).MustBe(422);

        Assert.Equal(field, (string)answer.Json["errors"]![0]!["field"]!);
    }

    private static async Task Charge(Stage stage, int wh, int minutes = 1)
    {
        var number = Talk.Number(await stage.Station.Ask("StartTransaction", Talk.Start(stage)));
        stage.Pass(minutes);
        await stage.Station.Call("StopTransaction", Talk.Stop(stage, number, wh));
    }

    private static async Task Price(Stage stage, string rate) =>
        (await stage.Api.Patch("/connectors/" + stage.Words["c1"], $$"""{"rate":{{rate}}}""")).MustBe(200);

    private static async Task<string> Days(Stage stage, string query)
    {
        var days = (await stage.Api.Get("/statistics/days?" + query)).MustBe(200).Result["days"]!.AsArray();
        return string.Join(", ", days.Select(d => string.Join(
            ' ',
            [$"{d!["day"]} {d["sessions"]} {(decimal)d["energy"]!:0.###}", .. d["revenue"]!.AsArray().Select(Word)])));
    }

    private static string Word(JsonNode? revenue) => $"{(decimal)revenue!["amount"]!:0.##} {revenue["currency"]}";
}
