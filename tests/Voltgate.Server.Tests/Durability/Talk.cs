using System.Data.Common;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Stations;
using Voltgate.Server.Storage;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Durability;

/// <summary>The transaction messages as a station on a stage says them, and looks into the stage's store.</summary>
internal static class Talk
{
    /// <param name="tag">Null: the driver's card.</param>
    public static string Start(Stage stage, int connector = 1, int meter = 0, string? tag = null) => $$"""
        {"connectorId":{{connector}},"idTag":"{{tag ?? stage.Words["card"]}}","meterStart":{{meter}},
         "timestamp":"{{stage.Clock.GetUtcNow():O}}"}
        """;

    public static string Meter(Stage stage, int number, int wh) => $$"""
        {"connectorId":1,"transactionId":{{number}},"meterValue":[
         {"timestamp":"{{stage.Clock.GetUtcNow():O}}","sampledValue":[{"value":"{{wh}}"}]}]}
        """;

    public static string Stop(Stage stage, int number, int wh, string reason = "Local") => $$"""
        {"transactionId":{{number}},"meterStop":{{wh}},"reason":"{{reason}}",
         "timestamp":"{{stage.Clock.GetUtcNow():O}}"}
        """;

    public static int Number(JsonNode answer) => (int)(answer is JsonArray ? answer[2]! : answer)["transactionId"]!;

    /// <summary>Passes so long that the store's clock and the station's agree on a later minute.</summary>
    public static void Pass(this Stage stage, int minutes) => stage.Clock.Leap(TimeSpan.FromMinutes(minutes));

    public static Task<DbConnection> Open(this Stage stage) =>
        stage.Server.Services.GetRequiredService<Database>().Open();

    public static async Task<long> Count(this Stage stage, string sql)
    {
        await using var connection = await stage.Open();
        return await connection.ExecuteScalarAsync<long>("select count(*) from " + sql);
    }

    public static async Task Execute(this Stage stage, string sql)
    {
        await using var connection = await stage.Open();
        await connection.ExecuteAsync(sql);
    }

    /// <summary>The sessions as the API lists them, also after a restart on another port.</summary>
    public static async Task<JsonArray> Sessions(this Stage stage)
    {
        using var api = stage.Server.Client(stage.Api.Key);
        return (await api.Get("/sessions")).MustBe(200).Items;
    }

    /// <summary>Cuts the station's connection, and it dials again.</summary>
    public static async Task Redial(this Stage stage)
    {
        await stage.Station.Cut();
        await stage.Station.DisposeAsync();
        var stations = stage.Server.Services.GetRequiredService<LocalStations>();
        await Until(() => stations.LinkCount == 0);
        await stage.Connect();
    }

    public static Task Until(Func<bool> holds) => Until(() => Task.FromResult(holds()));

    public static async Task Until(Func<Task<bool>> holds)
    {
        for (var i = 0; !await holds(); i++)
        {
            Assert.True(i < 500, "It never came about.");
            await Task.Delay(10);
        }
    }
}
