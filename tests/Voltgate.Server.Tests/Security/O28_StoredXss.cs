using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Pages;
using Voltgate.Server.Tests.Stations;
using Voltgate.Server.Tests.Webhooks;

namespace Voltgate.Server.Tests.Security;

/// <summary>O28: what a station says is text wherever people, browsers and applications meet it.</summary>
public sealed class O28_StoredXss
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task What_a_station_says_reaches_applications_as_JSON_without_a_letter_of_HTML(string provider)
    {
        await using var server = await Started(provider);
        using var box = await Box.Make(server);
        await using var sink = await WebhookSink.Start();
        await box.Api.Make("/webhooks", $$"""{"url":"{{sink.Url}}","events":["*"]}""");
        await using var station = await HostileStation.Connect(box);
        foreach (var text in HostileTexts.Scripts) Assert.True(await station.Say(text) >= 20);
        await station.Tell(HostileTexts.Scripts);

        foreach (var path in station.Paths)
        {
            var answer = await box.Api.Http.GetAsync(new Uri(server.Url, "/v1.1" + path));
            Assert.Equal(200, (int)answer.StatusCode);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.StartsWith(
                "default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")),
                StringComparison.Ordinal);
            var isFile = answer.Content.Headers.ContentDisposition?.DispositionType == "attachment";
            Assert.Equal(path.StartsWith("/sessions.", StringComparison.Ordinal), isFile);
            if (isFile) continue;
            Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
            Assert.DoesNotContain('<', await answer.Content.ReadAsStringAsync());
        }

        await Box.Until(() => Task.FromResult(Told(sink).Any()), "the security event's webhook");
        foreach (var received in sink.All)
        {
            Assert.StartsWith("application/json", received.Headers["content-type"], StringComparison.Ordinal);
            Assert.DoesNotContain('<', received.Text);
        }

        // Inert, and whole.
        await Box.Until(
            () => Task.FromResult(Told(sink).Any(t => t.Contains(HostileTexts.Scripts[6], StringComparison.Ordinal))),
            "the text itself");
    }

    [Fact]
    public async Task A_browser_that_opens_it_runs_none_of_it()
    {
        await using var server = await Started(On.Sqlite);
        using var box = await Box.Make(server);
        await using var station = await HostileStation.Connect(box);
        foreach (var text in HostileTexts.Scripts) await station.Say(text);
        await station.Tell(HostileTexts.Scripts);
        await using var browser = await Browser.Start(box.Api.Key);

        Assert.Equal(1, await browser.Hits($"data:text/html,<script>{HostileTexts.Hit}()</script>")); // it would tell
        foreach (var path in station.Paths)
            Assert.Equal(0, await browser.Hits(new Uri(server.Url, "/v1.1" + path).AbsoluteUri));
        foreach (var text in HostileTexts.Scripts)
        {
            var word = Uri.EscapeDataString(text);
            string[] paths = [$"/{word}", $"/v1.1/sessions/{word}", $"/v1.1/sessions?{word}={word}", $"/ocpp/{word}"];
            foreach (var path in paths)
                Assert.Equal(0, await browser.Hits(new Uri(server.Url, path).AbsoluteUri));
        }
    }

    private static Task<TestServer> Started(string provider) => TestServer.Start(provider, o => o with
    {
        Webhooks = o.Webhooks with { AllowedPrivateNetworks = ["127.0.0.0/8"] },
    });

    private static IEnumerable<string> Told(WebhookSink sink) =>
        from received in sink.All
        let told = JsonNode.Parse(received.Body)!
        where (string?)told["type"] == "chargestation.security_event"
        from text in Texts(told)
        select text;

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Texts(p.Value)),
        JsonArray a => a.SelectMany(Texts),
        JsonValue v when v.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
