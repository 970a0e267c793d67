using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Voltgate.Server.Tests.Peers;

namespace Voltgate.Server.Tests.Pages;

/// <summary>
/// Each page as each role sees it: it opens or says why not, and offers no deed that the API refuses.
/// </summary>
public sealed partial class RolesTests
{
    private const string Refused = "Your role does not reach this page";

    /// <summary>A page, what one reads there, a deed that it offers, and the route that the deed takes.</summary>
    private static readonly (string Path, string Reads, string Deed, string Writes)[] Deeds =
    [
        ("/", "GET /events", "", ""),
        ("/chargestations", "GET /chargestations", "Add a chargestation", "POST /chargestations"),
        ("/chargestations/{box}", "GET /chargestations/{id}", "Delete", "DELETE /chargestations/{id}"),
        ("/chargestations/{box}", "GET /chargestations/{id}", "Start a session", "POST /sessions"),
        ("/chargestations/{box}?tab=configuration", "GET /chargestations/{id}", "Read from the station",
            "GET /chargestations/{id}/configurations"),
        ("/chargestations/{box}?tab=messages", "GET /chargestations/{id}/messages", "", ""),
        ("/chargestations/{box}?tab=connection", "GET /chargestations/{id}/connection_attempts", "", ""),
        ("/chargestations/{box}?tab=security", "GET /chargestations/{id}/security_posture", "Make a new password",
            "PATCH /chargestations/{id}/reset_password"),
        ("/sessions", "GET /sessions", "Start a session", "POST /sessions"),
        ("/drivers", "GET /users", "Add a driver", "POST /users"),
        ("/drivers/{driver}", "GET /users/{id}", "Edit", "PATCH /users/{id}"),
        ("/drivers/{driver}", "GET /users/{id}", "Delete", "DELETE /users/{id}"),
        ("/cards", "GET /tokens", "Add a card", "POST /tokens"),
        ("/locations", "GET /locations", "Add a location", "POST /locations"),
        ("/locations/{location}", "GET /locations/{id}", "Save", "PATCH /locations/{id}"),
        ("/rates", "GET /rates", "Add a rate", "POST /rates"),
        ("/rates", "GET /rates", "Add a schedule", "POST /rates/schedule"),
        ("/rates/{rate}", "GET /rates/{id}", "Edit", "PATCH /rates/{id}"),
        ("/webhooks", "GET /webhooks", "Add a webhook", "POST /webhooks"),
        ("/webhooks/{hook}", "GET /webhooks/{id}", "Send a test", "POST /webhooks/{id}/test"),
        ("/webhooks/{hook}", "GET /webhooks/{id}", "New secret", "POST /webhooks/{id}/rotate_secret"),
        ("/api-keys", "GET /api_keys", "Make a key", "POST /api_keys"),
        ("/operators", "GET /admins", "Invite an operator", "POST /admins"),
        ("/audit-log", "GET /audit_log", "", ""),
        ("/settings", "GET /organizations/{id}", "Save", "PATCH /organizations/{id}"),
        ("/first-steps", "GET /chargestations", "Prepare everything", "POST /chargestations"),
    ];

    [Theory]
    [InlineData("Admin")]
    [InlineData("Support")]
    [InlineData("Viewer")]
    public async Task A_page_offers_what_the_role_may_and_nothing_else(string role)
    {
        await using var visit = await Visit.Begin(role, security: "basic_auth");
        var ids = await Furnish(visit);
        var may = Rights(role);
        await visit.Goto("/settings");
        await visit.Heading("Settings");
        var wrong = new List<string>();

        foreach (var (path, reads, deed, writes) in Deeds)
        {
            var address = ids.Aggregate(path, (at, id) => at.Replace(id.Key, id.Value, StringComparison.Ordinal));
            if (!may.Contains(reads))
            {
                await visit.Turn("/settings"); // so that what is said is said of the next page
                await visit.Loaded();
                await visit.Turn(address);
                await visit.Heading(Refused);
                if (!path.Contains('{') && await Menu(visit, path).CountAsync() > 0) wrong.Add($"the menu has {path}");
                continue;
            }

            await visit.Turn(address);
            await visit.Loaded();
            if (await visit.Page.GetByText(Refused).CountAsync() > 0) wrong.Add($"{path} is kept back");
            if (deed.Length == 0) continue;
            var offered = await Offers(visit, deed);
            if (offered != may.Contains(writes)) wrong.Add($"{path}: {deed} is offered: {offered}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        visit.MustBeCalm();
    }

    private static async Task<bool> Offers(Visit visit, string deed)
    {
        var found = visit.Button(deed).Or(visit.Link(deed));
        return await found.CountAsync() > 0
            && (deed != "Prepare everything" || await found.First.IsEnabledAsync());
    }

    private static ILocator Menu(Visit visit, string path) =>
        visit.Page.GetByRole(AriaRole.Navigation).Locator($"a[href='{path}']");

    private static async Task<Dictionary<string, string>> Furnish(Visit visit) => new()
    {
        ["{box}"] = visit.Box.Id,
        ["{driver}"] = await visit.Api.Make("/users", """{"firstname":"Ada","lastname":"Byron"}"""),
        ["{location}"] = await visit.Api.Make("/locations", """{"name":"Yard","timezone":"Europe/Berlin"}"""),
        ["{rate}"] = await visit.Api.Make(
            "/rates", """{"name":"R","currency":"EUR","price_components":[{"type":"ENERGY","price":0.5}]}"""),
        ["{hook}"] = await visit.Api.Make(
            "/webhooks", """{"url":"http://127.0.0.1:9099/x","events":["token.unknown"]}"""),
    };

    /// <summary>The routes that the role may call, as docs/roles.md tells them.</summary>
    private static HashSet<string> Rights(string role)
    {
        var rows = Row().Matches(File.ReadAllText(Path.Combine(Script.Root, "docs", "roles.md")));
        Assert.True(rows.Count > 100, "docs/roles.md has another shape");
        var all = rows.Select(r => r.Groups["route"].Value).ToHashSet();
        Assert.All(Deeds, d => Assert.Contains(d.Reads, all));
        Assert.All(Deeds.Where(d => d.Writes.Length > 0), d => Assert.Contains(d.Writes, all));
        return [.. rows.Where(r => r.Groups[role].Value == "yes").Select(r => r.Groups["route"].Value)];
    }

    [GeneratedRegex(
        @"^\| (?<route>[A-Z]+ /\S*) \|[^|]*\| (?<Admin>\S+) \| (?<Support>\S+) \| (?<Viewer>\S+) \|",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Row();
}
