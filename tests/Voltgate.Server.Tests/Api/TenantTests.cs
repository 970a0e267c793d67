using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Api;

/// <summary>
/// A01: every route of the OpenAPI document with ids of another organisation. Made from the document, so that a new
/// route without isolation fails here.
/// </summary>
public sealed class TenantTests
{
    private const string Nobody = "0123456789abcdef01234567";

    private static readonly string[] Lists =
    [
        "chargestations", "connectors", "sessions", "users", "tokens", "locations", "rates", "webhooks", "actions",
        "admins",
    ];

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Nobody_sees_or_touches_what_belongs_to_another_organisation(string provider)
    {
        await using var stage = await Stage.Set(provider);
        await Fill(stage);
        var before = await Snapshot(stage.Api);
        using var stranger = await stage.Server.Tenant("Stranger");
        using var admin = await OperatorClient.Join(stage.Server, stranger, "Admin");

        var ids = await Ids(stage.Api);
        var tried = 0;
        foreach (var (verb, path) in await Routes(stage.Api))
        {
            // What only operators may do is tried by the stranger's Admin.
            Func<string, Task<ApiAnswer>> send = path.StartsWith("/auth/", StringComparison.Ordinal)
                ? id => admin.Send(verb, path.Replace("{id}", id), BodyFor(verb))
                : id => stranger.Send(verb, path.Replace("{id}", id), BodyFor(verb));
            var unknown = await send(Nobody);
            Assert.True(unknown.Status is 404 or 422, $"{verb} {path}: {unknown.Status} to an unknown id");
            foreach (var id in ids)
            {
                var answer = await send(id);
                Assert.True(answer.Status == unknown.Status, $"{verb} {path}: {answer.Status} to a foreign {id}");
                tried++;
            }
        }

        foreach (var list in Lists)
        {
            var seen = await stranger.Get("/" + list + (list == "locations" ? "?active=true" : ""));
            var foreign = seen.MustBe(200).Items.Where(i => ids.Contains((string)i!["_id"]!));
            Assert.True(!foreign.Any(), $"/{list} shows {seen.Body}");
            foreach (var id in ids)
                Assert.Empty((await stranger.Get($"/sessions?chargestation={id}")).Items);
        }

        Assert.True(tried > 300, $"only {tried} tries");
        Assert.Equal(before, await Snapshot(stage.Api));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task References_to_another_organisations_objects_are_as_unknown_as_none(string provider)
    {
        await using var stage = await Stage.Set(provider);
        using var stranger = await stage.Server.Tenant("Stranger");
        var user = await stranger.Make("/users", """{"firstname":"Eve"}""");

        var start = await stranger.Post("/sessions", $$"""{"connector":"{{stage.Words["c1"]}}","user":"{{user}}"}""");
        Assert.Equal("not_found", start.MustBe(404).Code);
        var card = await stranger.Post(
            "/tokens", $$"""{"physicalId":"X1","type":"ISO14443","user":"{{stage.Words["u1"]}}"}""");
        Assert.Equal(422, card.Status);
        var station = await stranger.Post(
            "/chargestations", $$"""{"connectors":[{"connectorId":1,"rate":"{{stage.Words["rate"]}}"}]}""");
        Assert.Equal(["connectors[0].rate"], station.MustBe(422).Fields);
        var taken = await stranger.Post("/chargestations", $$"""{"endpoint":"{{stage.Words["endpoint"]}}"}""");
        Assert.Equal("endpoint_taken", taken.MustBe(409).Code);
    }

    private static async Task Fill(Stage stage)
    {
        await stage.Api.Make("/admins", """{"email":"owner@example.com","role":"Admin"}""");
        await stage.Api.Make("/webhooks", """{"url":"https://example.org/hook","events":["*"]}""");
        await stage.Api.Make("/sessions", $$"""{"connector":"{{stage.Words["c1"]}}","user":"{{stage.Words["u1"]}}"}""");
        await stage.Station.Answer(await stage.NextCall(), """{"status":"Accepted"}""");
        (await stage.Api.Post($"/chargestations/{stage.Words["s1"]}/clear_cache")).MustBe(200);
        await stage.Station.Answer(await stage.NextCall(), """{"status":"Accepted"}""");
        while ((await stage.NextEvent())["type"]!.ToString() != "chargestation.clear_cache.accepted") continue;
    }

    private static async Task<List<string>> Ids(ApiClient api)
    {
        var ids = new List<string>();
        foreach (var list in Lists)
            ids.AddRange((await api.Get("/" + list)).MustBe(200).Items.Select(i => (string)i!["_id"]!));
        ids.Add((string)(await api.Get("/me")).Result["organization"]!["_id"]!);
        return ids;
    }

    private static async Task<List<(string Verb, string Path)>> Routes(ApiClient api)
    {
        var document = JsonNode.Parse(await api.Http.GetStringAsync("/openapi.json"))!;
        return
        [
            .. from path in document["paths"]!.AsObject()
               where path.Key.Contains("{id}", StringComparison.Ordinal)
               from operation in path.Value!.AsObject()
               where operation.Key is "get" or "post" or "patch" or "delete"
               select (operation.Key.ToUpperInvariant(), path.Key.Replace("{delivery}", Nobody)),
        ];
    }

    private static string? BodyFor(string verb) => verb is "POST" or "PATCH" ? "{}" : null;

    /// <summary>Everything the organisation has, as its own lists show it; what moves by itself is left out.</summary>
    private static async Task<string> Snapshot(ApiClient api)
    {
        var all = new List<string>();
        foreach (var list in Lists)
            all.AddRange((await api.Get("/" + list)).Items.Select(i => $"{i!["_id"]} {i["updatedAt"]} {i["status"]}"));
        return string.Join('\n', all.Order(StringComparer.Ordinal));
    }
}
