using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Voltgate.Server.Tests.Security;

namespace Voltgate.Server.Tests.Pages;

/// <summary>Scripts in what operators and applications write: names, descriptions, addresses, meta data.</summary>
public sealed class OperatorTextTests
{
    private const int MostInAName = 200;

    [Fact]
    public async Task Scripts_that_somebody_wrote_into_a_field_never_run()
    {
        await using var visit = await Visit.Begin();
        var paths = new List<string>
        {
            "/", "/chargestations", "/sessions", "/drivers", "/cards", "/locations", "/rates", "/webhooks",
            "/api-keys", "/operators", "/audit-log", "/settings", "/first-steps",
        };
        foreach (var text in HostileTexts.Scripts) await Write(visit, text);
        foreach (var text in Together()) paths.AddRange(await Write(visit, text));
        paths.AddRange(await Charge(visit));
        await visit.Goto("/settings");
        await visit.Loaded();

        foreach (var path in paths)
        {
            await visit.Turn(path);
            await visit.Loaded();
            if (path.StartsWith("/webhooks/", StringComparison.Ordinal)) await Unfold(visit);
            Assert.True(visit.Browser.AllHits == 0, $"A script ran on {path}");
        }

        await visit.Page.EvaluateAsync($"() => {HostileTexts.Hit}()");
        Assert.Equal(1, visit.Browser.AllHits); // it would tell
        visit.MustBeCalm();
    }

    /// <summary>Opens the newest delivery, which shows what was to be delivered.</summary>
    private static async Task Unfold(Visit visit)
    {
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "user.created" })
            .First.ClickAsync();
        await visit.Page.Locator("main pre").First.WaitForAsync();
    }

    /// <summary>Several texts in one, as long as a name may be: pages of one thing are opened for these.</summary>
    private static List<string> Together()
    {
        var all = new List<string> { "" };
        foreach (var text in HostileTexts.Scripts)
            if (all[^1].Length + text.Length < MostInAName) all[^1] += " " + text;
            else all.Add(text);
        return all;
    }

    /// <summary>A thing of each kind that bears the text wherever it may; their pages.</summary>
    private static async Task<string[]> Write(Visit visit, string text)
    {
        var location = await Make(visit, "/locations", new JsonObject
        {
            ["name"] = text, ["timezone"] = "Europe/Berlin", ["operatorName"] = text,
            ["address"] = new JsonObject { ["streetAndNumber"] = text, ["city"] = text, ["postalCode"] = Cut(text, 9) },
            ["coordinates"] = new JsonArray(13.4, 52.5), ["meta_data"] = new JsonObject { ["note"] = text },
        });
        var station = await Make(visit, "/chargestations", new JsonObject
        {
            ["name"] = text, ["description"] = text, ["location"] = location,
            ["meta_data"] = new JsonObject { ["note"] = text }, ["connectors"] = new JsonArray(new JsonObject
            {
                ["connectorId"] = 1, ["meta_data"] = new JsonObject { ["note"] = text },
            }),
        });
        var user = await Make(visit, "/users", new JsonObject
        {
            ["firstname"] = text, ["lastname"] = text, ["picture"] = text,
            ["phone"] = new JsonObject { ["mobile"] = Cut(text, 50) },
            ["meta_data"] = new JsonObject { ["note"] = text },
        });
        var card = new string([.. text.Where(c => c is > ' ' and <= '~').Take(36)]); // all that a card may say
        await Make(visit, "/tokens", new JsonObject
        {
            ["physicalId"] = card, ["user"] = user, ["group"] = Cut(text, 20),
            ["meta_data"] = new JsonObject { ["note"] = text },
        });
        var (rate, plan) = await WritePrices(visit, text);
        var hook = await WriteForApplications(visit, text);
        await Make(visit, "/admins", new JsonObject
        {
            ["name"] = text, ["email"] = $"{Guid.NewGuid():N}@example.com", ["role"] = "Viewer",
        });
        (await visit.Api.Patch(
            $"/organizations/{await visit.Organization()}", new JsonObject { ["name"] = text }.ToJsonString()))
            .MustBe(200);
        return
        [
            "/locations/" + location, "/chargestations/" + station, "/drivers/" + user, "/rates/" + rate,
            "/rates/" + plan, "/webhooks/" + hook,
        ];
    }

    private static async Task<(string Rate, string Plan)> WritePrices(Visit visit, string text)
    {
        var rate = await Make(visit, "/rates", new JsonObject
        {
            ["name"] = text, ["description"] = text, ["currency"] = "EUR",
            ["price_components"] = new JsonArray(new JsonObject { ["type"] = "ENERGY", ["price"] = 1 }),
        });
        var plan = await Make(visit, "/rates/schedule", new JsonObject
        {
            ["name"] = text, ["currency"] = "EUR", ["default_rate"] = rate, ["layout"] = new JsonArray(),
        });
        return (rate, plan);
    }

    private static async Task<string> WriteForApplications(Visit visit, string text)
    {
        var hook = await Make(visit, "/webhooks", new JsonObject
        {
            ["url"] = "http://127.0.0.1:9099/x?" + Uri.EscapeDataString(text), ["events"] = new JsonArray("user.*"),
            ["description"] = text, ["meta_data"] = new JsonObject { ["note"] = text },
        });
        await Make(visit, "/api_keys", new JsonObject
        {
            ["name"] = text, ["scopes"] = new JsonArray("read:sessions"),
        });
        return hook;
    }

    private static string Cut(string text, int most) => text.Length > most ? text[..most] : text;

    private static async Task<string> Make(Visit visit, string path, JsonObject body) =>
        (await visit.Api.Post(path, body.ToJsonString())).MustBe(201).Text("_id");

    /// <summary>The visit's own station bears such texts and charges; its pages and the session's.</summary>
    private static async Task<string[]> Charge(Visit visit)
    {
        await Make(visit, "/users", new JsonObject { ["firstname"] = Together()[0] }); // each webhook hears of it
        var (users, rates) = (await visit.Api.Get("/users"), await visit.Api.Get("/rates?schedule=false"));
        (await visit.Api.Patch($"/chargestations/{visit.Box.Id}", new JsonObject
        {
            ["name"] = Together()[0],
        }.ToJsonString())).MustBe(200);
        (await visit.Api.Patch(
            $"/connectors/{visit.Box.Connector}", $$"""{"rate":"{{rates.Items[0]!["_id"]}}"}""")).MustBe(200);
        await visit.Api.Make("/tokens", $$"""{"physicalId":"04A1","user":"{{users.Items[0]!["_id"]}}"}""");
        await visit.Station.Call("StartTransaction", $$"""
            {"connectorId":1,"idTag":"04A1","meterStart":0,"timestamp":"{{DateTimeOffset.UtcNow:O}}"}
            """);
        var session = (await visit.Api.Get("/sessions")).MustBe(200).Items[0]!["_id"];
        return [$"/chargestations/{visit.Box.Id}", $"/sessions/{session}", "/", "/cards?tab=unknown"];
    }
}
