using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Api;

/// <summary>Sessions as files, whole and filtered.</summary>
public sealed class ExportTests
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Sessions_are_exported_as_the_list_shows_them(string provider)
    {
        await using var stage = await Stage.Set(provider);
        for (var i = 0; i < 3; i++)
        {
            var started = await stage.Station.Call(
                "StartTransaction", $$"""
                {"connectorId":1,"idTag":"{{stage.Words["card"]}}","meterStart":{{i * 1000}},
                 "timestamp":"2026-03-10T1{{i}}:00:00Z"}
                """);
            await stage.Station.Call(
                "StopTransaction", $$"""
                {"transactionId":{{(int)started["transactionId"]!}},"meterStop":{{i * 1000 + 500}},
                 "timestamp":"2026-03-10T1{{i}}:30:00Z"}
                """);
        }

        var listed = (await stage.Api.Get("/sessions?sort_by=chargingStart&sort_order=asc")).MustBe(200).Items;
        var lines = (await stage.Api.Get("/sessions.jsonl?sort_by=chargingStart&sort_order=asc")).Body.Split('\n');
        Assert.Equal(4, lines.Length); // the last line is ended, too
        Assert.Equal(listed.Select(s => s!.ToJsonString()), lines[..3].Select(l => JsonNode.Parse(l)!.ToJsonString()));

        var csv = await stage.Api.Get(
            "/sessions.csv?status=ended&from=2026-03-10T11:00:00Z&sort_by=chargingStart&sort_order=asc");
        Assert.Equal(200, csv.Status);
        var rows = csv.Body.Split("\r\n");
        Assert.StartsWith("_id,status,source,user,", rows[0], StringComparison.Ordinal);
        Assert.Equal(2, rows.Length - 2);
        Assert.StartsWith($"{(string)listed[1]!["_id"]!},Ended,", rows[1], StringComparison.Ordinal);
        Assert.Contains(",500,", rows[1], StringComparison.Ordinal);
        Assert.Contains(",0.25,eur,", rows[1], StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task More_than_a_batch_is_exported_once_each(string provider)
    {
        await using var stage = await Stage.Set(provider);
        for (var i = 0; i < 1_001; i++)
            await stage.Station.Call(
                "StartTransaction", $$"""
                {"connectorId":1,"idTag":"NOBODY","meterStart":{{i}},"timestamp":"2026-03-10T11:00:00Z"}
                """);

        var ids = (await stage.Api.Get("/sessions.jsonl")).Body.Split('\n')[..^1]
            .Select(l => (string)JsonNode.Parse(l)!["_id"]!).ToList();
        Assert.Equal((1_001, 1_001), (ids.Count, ids.Distinct().Count()));
    }

    [Fact]
    public async Task An_export_of_nothing_has_its_header_and_a_wrong_filter_is_named()
    {
        await using var server = await TestServer.Start(On.Sqlite);
        using var tenant = await server.Tenant();

        Assert.Single((await tenant.Get("/sessions.csv")).Body.TrimEnd().Split('\n'));
        Assert.Equal("", (await tenant.Get("/sessions.jsonl")).Body);
        Assert.Equal(["colour"], (await tenant.Get("/sessions.csv?colour=red")).MustBe(422).Fields);
    }
}
