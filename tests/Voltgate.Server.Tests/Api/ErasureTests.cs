using System.Data.Common;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Storage;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Api;

/// <summary>A driver who charged asks to be forgotten, or what is known.</summary>
public sealed class ErasureTests
{
    private const string Tag = "04FACE1234";

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Nothing_of_a_drivers_card_or_name_is_left_and_the_bill_is(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var user = await stage.Api.Make("/users", """{"firstname":"Zebedee","email":"zebedee@example.org"}""");
        var session = await Charge(stage, user);
        var before = (await stage.Api.Get($"/sessions/{session}")).MustBe(200);
        Assert.NotEmpty(await Holding(stage, Tag));

        (await stage.Api.Delete($"/users/{user}")).MustBe(200);

        Assert.Empty(await Holding(stage, Tag));
        Assert.Empty(await Holding(stage, "zebedee"));
        var after = (await stage.Api.Get($"/sessions/{session}")).MustBe(200);
        Assert.Equal(before.Result["cost"]!.ToJsonString(), after.Result["cost"]!.ToJsonString());
        Assert.Equal(before.Result["metrics"]!.ToJsonString(), after.Result["metrics"]!.ToJsonString());
        Assert.Equal(user, (string)after.Result["user"]!); // which is a pseudonym now
        Assert.Equal(
            3, (await stage.Api.Get($"/sessions/{session}/timeline")).MustBe(200).Items
                .Count(e => (string)e!["kind"]! == "frame"));
        Assert.Empty((await stage.Api.Get($"/sessions?user={user}&status=Started")).Items);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Whoever_asks_gets_all_that_is_kept_of_a_driver(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var user = await stage.Api.Make("/users", """{"firstname":"Zebedee","email":"zebedee@example.org"}""");
        var session = await Charge(stage, user);

        var export = (await stage.Api.Get($"/users/{user}/export")).MustBe(200).Result;
        Assert.Equal("Zebedee", (string)export["user"]!["firstname"]!);
        Assert.Equal(
            ["Central", "ISO14443"], export["tokens"]!.AsArray().Select(t => (string)t!["type"]!).Order());
        var listed = (await stage.Api.Get($"/sessions/{session}")).MustBe(200).Result;
        Assert.Equal(listed.ToJsonString(), Assert.Single(export["sessions"]!.AsArray())!.ToJsonString());
        (await stage.Api.Get($"/users/{user}/export?colour=red")).MustBe(422);
        using var other = await stage.Server.Tenant();
        (await other.Get($"/users/{user}/export")).MustBe(404);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Whoever_is_erased_leaves_the_lists_of_stations(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var user = await stage.Api.Make("/users", """{"firstname":"Zebedee"}""");
        var card = await stage.Api.Make("/tokens", $$"""{"physicalId":"{{Tag}}","user":"{{user}}"}""");
        var other = await stage.Api.Make("/tokens", """{"physicalId":"OTHER7"}""");
        (await stage.Api.Post(
            $"/chargestations/{stage.Words["s1"]}/local_list",
            $$"""{"type":"full","tokens":["{{card}}","{{other}}"]}""")).MustBe(200);
        await stage.Station.Answer(await stage.NextCall(), """{"status":"Accepted"}""");
        while ((string)(await stage.NextEvent())["type"]! != "chargestation.local_list.accepted") continue;

        (await stage.Api.Delete($"/users/{user}")).MustBe(200);

        var call = await stage.NextCall();
        Assert.Equal(("SendLocalList", "Full"), ((string?)call[2], (string?)call[3]!["updateType"]));
        Assert.Equal("OTHER7", (string?)Assert.Single(call[3]!["localAuthorizationList"]!.AsArray())!["idTag"]);
        Assert.Empty(await Holding(stage, Tag));
        await stage.Station.Answer(call, """{"status":"Accepted"}""");
    }

    private static async Task<string> Charge(Stage stage, string user)
    {
        await stage.Api.Make("/tokens", $$"""{"physicalId":"{{Tag}}","user":"{{user}}"}""");
        await stage.Station.Call("Authorize", $$"""{"idTag":"{{Tag.ToLowerInvariant()}}"}""");
        var started = await stage.Station.Call(
            "StartTransaction", $$"""
            {"connectorId":1,"idTag":"{{Tag}}","meterStart":0,"timestamp":"2026-03-10T12:00:00Z"}
            """);
        var number = (int)started["transactionId"]!;
        await stage.Station.Call(
            "MeterValues", $$"""
            {"connectorId":1,"transactionId":{{number}},
             "meterValue":[{"timestamp":"2026-03-10T12:00:00Z","sampledValue":[{"value":"10"}]}]}
            """);
        await stage.Station.Call(
            "StopTransaction", $$"""
            {"transactionId":{{number}},"idTag":"{{Tag}}","meterStop":500,"timestamp":"2026-03-10T12:00:00Z"}
            """);
        return (string)(await stage.Api.Get($"/sessions?user={user}")).MustBe(200).Items[0]!["_id"]!;
    }

    /// <summary>The columns of the whole store in which a text is found, whatever its case.</summary>
    internal static async Task<List<string>> Holding(Stage stage, string text)
    {
        var found = new List<string>();
        await using var connection = await stage.Server.Services.GetRequiredService<Database>().Open();
        foreach (var (table, column) in await Columns(connection))
            if (await connection.ExecuteScalarAsync<long>(
                $"select count(*) from {table} where lower(cast({column} as text)) like @like",
                new { like = "%" + text.ToLowerInvariant() + "%" }) > 0)
                found.Add($"{table}.{column}");
        return found;
    }

    private static async Task<List<(string Table, string Column)>> Columns(DbConnection connection)
    {
        var isSqlite = connection.GetType().Name.StartsWith("Sqlite", StringComparison.Ordinal);
        return (await connection.QueryAsync<(string, string)>(isSqlite
            ? "select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table'"
            : "select table_name, column_name from information_schema.columns where table_schema = 'public' "
                + "and data_type = 'text'")).AsList();
    }
}
