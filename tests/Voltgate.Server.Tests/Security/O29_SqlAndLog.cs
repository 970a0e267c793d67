using System.Text.Json;
using System.Text.Json.Nodes;
using Voltgate.Server.Stations;
using Voltgate.Server.Tests.Peers;
using Voltgate.Server.Tests.Stations;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Security;

/// <summary>O29: SQL, line breaks, terminals' codes and formats are text to the store and to the log.</summary>
public sealed class O29_SqlAndLog
{
    private static readonly string[] Texts = [.. HostileTexts.Sql, .. HostileTexts.Lines];

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task What_a_station_says_is_stored_as_it_was_said(string provider)
    {
        await using var server = await TestServer.Start(provider);
        using var box = await Box.Make(server);
        using var other = await Box.Make(server);
        await using var station = await HostileStation.Connect(box);
        foreach (var text in Texts) await station.Say(text);
        await station.Tell(Texts);

        var frames = await All(box.Api, $"/chargestations/{box.Id}/messages?direction=in&type=CALL");
        var kept = frames.ToDictionary(f => (string)f["message_id"]!, f => f["payload"], StringComparer.Ordinal);
        Assert.All(station.Said, said => Assert.True(
            JsonNode.DeepEquals(said.Value, kept[said.Key]), $"{said.Value.ToJsonString()}\n{kept[said.Key]}"));
        var events = (await All(box.Api, "/events")).Select(e => e.ToJsonString()).ToList();
        foreach (var text in Texts)
            Assert.Contains(events, e => e.Contains(JsonSerializer.Serialize(text), StringComparison.Ordinal));
        var shown = (await box.Api.Get($"/chargestations/{box.Id}")).MustBe(200).Result;
        Assert.Equal(Texts[^1], (string?)shown["bootInfo"]!["chargePointModel"]);
        Assert.Equal(Texts.Length, (await All(box.Api, "/sessions")).Count);
        Assert.Empty(await All(other.Api, "/sessions")); // nobody else was touched
        (await other.Api.Get($"/chargestations/{other.Id}")).MustBe(200);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Ids_and_names_of_any_kind_find_nothing_and_break_nothing(string provider)
    {
        await using var server = await TestServer.Start(provider);
        using var box = await Box.Make(server);
        await using var station = await ScriptedStation.Connect(server.Url, box.Endpoint);
        foreach (var text in Texts)
        {
            var id = text.Length > 36 ? text[..36] : text;
            Assert.Equal(id, await Echoed(station, id));
            var word = Uri.EscapeDataString(text);
            foreach (var path in new[] { "sessions", "users", "chargestations", "tokens", "webhooks", "actions" })
                (await box.Api.Get($"/{path}/{word}")).MustBe(404);
            string[] filters = ["sessions?user", "events?type", "tokens?user", "users?sort_by", "sessions?status"];
            foreach (var filter in filters)
                Assert.Contains((await box.Api.Get($"/{filter}={word}")).Status, new[] { 200, 422 });
            await RawSocket.Ask(server.Url, "/ocpp/" + word);
            var user = await box.Api.Post("/users", new JsonObject { ["firstname"] = text }.ToJsonString());
            Assert.Equal(
                text, (string?)(await box.Api.Get("/users/" + user.MustBe(201).Text("_id"))).Result["firstname"]);
        }

        using var root = server.Client();
        var named = (await All(root, "/connection_attempts")).Select(a => (string?)a["identity"]).ToHashSet();
        foreach (var text in Texts) Assert.Equal(Identity.IsWellFormed(text), named.Contains(text));
    }

    [Fact]
    public async Task Each_line_of_the_log_is_one_JSON_object_whatever_was_said()
    {
        await using var server = await BuiltServer.Start(On.Sqlite, ("OCPP__CONNECTSPERMINUTE", "0"));
        using var api = new ApiClient(server.Url, TestServer.BootstrapKey);
        await api.Make("/chargestations", """{"endpoint":"Box-1","security":{"type":"none"}}""");
        await using var station = await ScriptedStation.Connect(server.Url, "Box-1");
        foreach (var text in Texts)
        {
            foreach (var (action, payload) in HostileFrames.Of(text).All)
                await station.Ask(action, payload.ToJsonString());
            await station.Ask(JsonSerializer.Serialize(text)[1..^1], "{}");
            await RawSocket.Ask(server.Url, "/ocpp/" + Uri.EscapeDataString(text));
            await api.Post("/users", new JsonObject { ["firstname"] = text }.ToJsonString());
            await api.Get("/users/" + Uri.EscapeDataString(text));
        }

        await station.Cut();
        await Box.Until(
            () => Task.FromResult(server.Log.Any(l => l.Contains("disconnected", StringComparison.Ordinal))),
            "the log's last line");
        Assert.All(server.Log, line =>
        {
            Assert.DoesNotContain(line, char.IsControl);
            var entry = JsonNode.Parse(line)!.AsObject();
            Assert.Equal(["at", "from", "level", "message"], entry.Select(f => f.Key).Order(StringComparer.Ordinal));
            Assert.NotEqual("forged", (string?)entry["message"]);
        });
    }

    /// <summary>A CALL under any id; the id that it is answered under.</summary>
    private static async Task<string> Echoed(ScriptedStation station, string id) =>
        (string)(await station.Ask("Heartbeat", "{}", JsonSerializer.Serialize(id)[1..^1]))[1]!;

    private static async Task<List<JsonNode>> All(ApiClient api, string path)
    {
        var (all, cursor) = (new List<JsonNode>(), default(string));
        do
        {
            var page = (await api.Get($"{path}{(path.Contains('?') ? '&' : '?')}paginate_limit=200"
                + (cursor is null ? "" : "&paginate_cursor=" + Uri.EscapeDataString(cursor)))).MustBe(200);
            all.AddRange(page.Items.Select(i => i!));
            cursor = (string?)page.Json["nextCursor"];
        }
        while (cursor is not null);
        return all;
    }
}
