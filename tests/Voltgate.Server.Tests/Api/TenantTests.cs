using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Tls;
using Voltgate.Server.Tests.Transcripts;
using Voltgate.Server.Tests.Wallets;

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
        "admins", "wallets", "top_up", "payments", "load_management/groups",
        "reservations",
        "client_certificates",
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
        // First, since the stranger's own audit log tells later what the stranger tried.
        foreach (var list in await Readable(stage.Api))
        {
            // What only operators may read is read by the stranger's Admin.
            var seen = list.StartsWith("/auth/", StringComparison.Ordinal)
                ? await admin.Send("GET", list, null)
                : await stranger.Get(list);
            Assert.True(seen.Status == 200, $"GET {list}: {seen.Status}");
            foreach (var id in ids)
                Assert.False(seen.Body.Contains(id, StringComparison.Ordinal), $"GET {list} shows {id}");
        }

        var tried = 0;
        foreach (var route in await Routes(stage.Api))
        {
            // What only operators may do is tried by the stranger's Admin.
            Func<string, Task<ApiAnswer>> send = route.Path.StartsWith("/auth/", StringComparison.Ordinal)
                ? id => admin.Send(route.Verb, route.Path.Replace("{id}", id), route.Body)
                : id => stranger.Send(route.Verb, route.Path.Replace("{id}", id), route.Body);
            var unknown = await send(Nobody);
            Assert.True(
                unknown.Status == 404, $"{route.Verb} {route.Path} {route.Body}: {unknown.Status} to an unknown id");
            foreach (var id in ids)
            {
                var answer = await send(id);
                Assert.True(answer.Status == 404, $"{route.Verb} {route.Path}: {answer.Status} to a foreign {id}");
                tried++;
            }
        }

        foreach (var id in ids) Assert.Empty((await stranger.Get($"/sessions?chargestation={id}")).Items);
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
        await stage.Api.Make("/groups", """{"name":"Fuse","maximum_capacity":100}""");
        await Papers.Note(stage.Server, stage.Words["s1"]);
        await Purse.Fill(stage.Api, stage.Words["u1"], 5_000);
        (await Purse.Start(stage)).MustBe(201);
        await stage.Station.Answer(await stage.NextCall(), """{"status":"Accepted"}""");
        (await stage.Api.Post($"/chargestations/{stage.Words["s1"]}/clear_cache")).MustBe(200);
        await stage.Station.Answer(await stage.NextCall(), """{"status":"Accepted"}""");
        while ((await stage.NextEvent())["type"]!.ToString() != "chargestation.clear_cache.accepted") continue;
        await stage.Api.Make("/reservations", $$"""
            {"connector":"{{stage.Words["c2"]}}","user":"{{stage.Words["u1"]}}",
             "expires_at":"2026-03-10T12:30:00Z"}
            """);
        await stage.Station.Answer(await stage.NextCall(), """{"status":"Accepted"}""");
        while ((await stage.NextEvent())["type"]!.ToString() != "reservation.activated") continue;
    }

    private static async Task<List<string>> Ids(ApiClient api)
    {
        var ids = new List<string>();
        foreach (var list in Lists)
            ids.AddRange((await api.Get("/" + list)).MustBe(200).Items.Select(i => (string)i!["_id"]!));
        ids.Add((string)(await api.Get("/me")).Result["organization"]!["_id"]!);
        return ids;
    }

    private sealed record TriedRoute(string Verb, string Path, string? Body);

    /// <summary>Every operation on one object, with the least body that its schema takes.</summary>
    private static async Task<List<TriedRoute>> Routes(ApiClient api)
    {
        var document = JsonNode.Parse(await api.Http.GetStringAsync("/openapi.json"))!;
        return
        [
            .. from path in document["paths"]!.AsObject()
               where path.Key.Contains("{id}", StringComparison.Ordinal)
               from operation in path.Value!.AsObject()
               where operation.Key is "get" or "post" or "patch" or "delete"
               select new TriedRoute(
                   operation.Key.ToUpperInvariant(), Filled(path.Key), BodyOf(document, operation.Value!)),
        ];
    }

    /// <summary>Every other GET: what it shows must not be somebody else's.</summary>
    private static async Task<List<string>> Readable(ApiClient api)
    {
        var document = JsonNode.Parse(await api.Http.GetStringAsync("/openapi.json"))!;
        return
        [
            .. from path in document["paths"]!.AsObject()
               where !path.Key.Contains('{', StringComparison.Ordinal) && path.Value!["get"] is not null
               where path.Value!["get"]!["responses"]!["200"]!["content"]!["text/event-stream"] is null
               select path.Key,
        ];
    }

    /// <summary>{id} stays; what stands behind it ({delivery}, …) is an id that nobody has.</summary>
    private static string Filled(string path) => string.Join(
        '/', path.Split('/').Select(part => part.StartsWith('{') && part != "{id}" ? Nobody : part));

    private static string? BodyOf(JsonNode document, JsonNode operation)
    {
        if (operation["requestBody"] is not { } body) return null;
        if (body["content"]!["application/json"] is not { } json) return "";
        return Least(document, json["schema"]!).ToJsonString();
    }

    /// <summary>The least that a schema takes: what is required, and of that the first that will do.</summary>
    private static JsonNode Least(JsonNode document, JsonNode schema)
    {
        if ((string?)schema["$ref"] is { } reference)
            return Least(document, reference[2..].Split('/').Aggregate(document, (at, name) => at[name]!));
        if (schema["enum"] is JsonArray words) return words[0]!.DeepClone();
        if (schema["example"] is { } example) return example.DeepClone();
        switch ((string?)schema["type"])
        {
            case "object":
                var made = new JsonObject();
                foreach (var name in schema["required"]?.AsArray() ?? [])
                    made[(string)name!] = Least(document, schema["properties"]![(string)name!]!);
                return made;
            case "array":
                return new JsonArray(Least(document, schema["items"]!));
            case "integer" or "number":
                return (long?)(decimal?)schema["minimum"] ?? 1;
            case "boolean":
                return true;
            case "string" when (string?)schema["format"] == "date-time":
                return "2026-03-10T12:00:00Z";
            case "string" when schema["pattern"] is not null:
                return Nobody;
            default:
                return "a";
        }
    }

    /// <summary>Everything the organisation has, as its own lists show it; what moves by itself is left out.</summary>
    private static async Task<string> Snapshot(ApiClient api)
    {
        var all = new List<string>();
        foreach (var list in Lists)
            all.AddRange((await api.Get("/" + list)).Items.Select(i => $"{i!["_id"]} {i["updatedAt"]} {i["status"]}"));
        return string.Join('\n', all.Order(StringComparer.Ordinal));
    }
}
