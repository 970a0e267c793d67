using Voltgate.Server.Tests.Durability;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Api;

/// <summary>Lists of sessions and chargestations: narrowed, sorted, never by what does not exist.</summary>
public sealed class SessionListTests
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Sessions_are_narrowed_by_start_status_and_relation_and_sorted(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var first = await Charge(stage, 1, stop: true);
        var second = await Charge(stage, 1, stop: true);
        var third = await Charge(stage, 2, stop: false);
        var start = (await stage.Api.Get("/sessions/" + second)).Result["metrics"]!["chargingStart"]!;

        await Lists(stage, "", third, second, first);
        await Lists(stage, "sort_order=asc", first, second, third);
        await Lists(stage, "sort_by=chargingStart&sort_order=ASC", first, second, third);
        await Lists(stage, "sort_by=updatedAt&sort_order=desc", third, second, first);
        await Lists(stage, $"from={start}", third, second);
        await Lists(stage, $"to={start}", second, first);
        await Lists(stage, $"from={start}&to={start}", second);
        await Lists(stage, "status=ENDED", second, first);
        await Lists(stage, "status=started", third);
        await Lists(stage, "status=Cancelled");
        await Lists(stage, $"connector={stage.Words["c2"]}", third);
        await Lists(stage, $"connector={stage.Words["c1"]}&user={stage.Words["u1"]}", second, first);
        await Lists(stage, "source=Rfid&paginate_limit=1&paginate_page=2", second);
        await Lists(stage, $"createdAt[$gte]={start}", third, second);
        await Lists(stage, $"createdAt%5B%24gte%5D={start}", third, second);
        await Lists(stage, $"createdAt[$lt]={start}", first);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Chargestations_are_narrowed_by_what_they_are(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var there = stage.Words["s1"];
        var away = await stage.Api.Make("/chargestations", """{"name":"Away","active":false}""");

        Assert.Equal([there], await Ids(stage, "/chargestations?online=true"));
        Assert.Equal([away], await Ids(stage, "/chargestations?online=FALSE"));
        Assert.Equal([there], await Ids(stage, "/chargestations?active=true&online=true"));
        Assert.Equal([away], await Ids(stage, "/chargestations?active=false"));
        Assert.Empty(await Ids(stage, "/chargestations?active=false&online=true"));
    }

    [Theory]
    [InlineData("/sessions?colour=red", "colour")]
    [InlineData("/sessions?status=running", "status")]
    [InlineData("/sessions?from=soon", "from")]
    [InlineData("/sessions?sort_by=cost", "sort_by")]
    [InlineData("/sessions?online=true", "online")]
    [InlineData("/chargestations?online=yes", "online")]
    [InlineData("/chargestations?status=Started", "status")]
    public async Task A_filter_that_does_not_exist_is_named(string path, string field)
    {
        await using var stage = await Stage.Set(On.Sqlite);
        Assert.Equal([field], (await stage.Api.Get(path)).MustBe(422).Fields);
    }

    private static async Task Lists(Stage stage, string query, params string[] ids) =>
        Assert.Equal(ids, await Ids(stage, "/sessions?" + query));

    private static async Task<IEnumerable<string>> Ids(Stage stage, string path) =>
        (await stage.Api.Get(path)).MustBe(200).Items.Select(i => (string)i!["_id"]!);

    /// <summary>A car that charges for ten minutes, or goes on; the session's id.</summary>
    private static async Task<string> Charge(Stage stage, int connector, bool stop)
    {
        stage.Pass(10);
        var number = Talk.Number(await stage.Station.Ask("StartTransaction", Talk.Start(stage, connector)));
        if (stop)
        {
            stage.Pass(10);
            await stage.Station.Call("StopTransaction", Talk.Stop(stage, number, 1_000));
        }

        return (string)(await stage.Api.Get("/sessions?paginate_limit=1")).Items[0]!["_id"]!;
    }
}
