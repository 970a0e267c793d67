using Microsoft.Playwright;

namespace Voltgate.Server.Tests.Pages;

/// <summary>Who may sign in, what they did, and what holds for the whole organisation.</summary>
public sealed class AdminPagesTests
{
    private const string Mina = "mina@example.com";

    [Fact]
    public async Task An_operator_is_invited_changed_and_sent_away_and_the_audit_log_tells_it()
    {
        await using var visit = await Visit.Begin(configure: Visit.KnownPort); // the link names it
        await visit.Goto("/operators");
        await visit.Press("Invite an operator");
        await visit.Fill("E-mail", Mina);
        await visit.Choose("Role", "Support: runs stations and sessions, helps drivers");
        await visit.InDialog("Save").ClickAsync();
        await visit.Dialog.GetByText("Hand over this link").WaitForAsync();
        var link = await visit.Dialog.Locator("code").InnerTextAsync();
        await visit.Submit("Close");
        await visit.Sees("Invited");

        await using var other = await Browser.Start();
        var page = await other.Open();
        await page.GotoAsync(link);
        await page.GetByLabel("Your name").FillAsync("Mina Haas");
        await page.Locator("input[type=password]").FillAsync(OperatorClient.Password);
        await page.GetByText("Set the password and sign in").ClickAsync();
        var start = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Start a session" });
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Sessions" }).First.ClickAsync();
        await start.WaitForAsync();
        await visit.Sees("Mina Haas");
        await Menu(visit, "Change");
        await visit.Choose("Role", "Viewer: looks at everything");
        await visit.Submit("Save");
        await start.WaitForAsync(Visit.Gone); // at once, without a reload
        await Menu(visit, "Take the access away");
        await visit.Sees("Inactive");

        var operators = (await visit.Api.Get("/admins")).MustBe(200).Items;
        var mina = Assert.Single(operators, o => (string)o!["email"]! == Mina)!;
        Assert.Equal("Viewer", (string)mina["role"]!);
        Assert.False((bool)mina["active"]!);
        await visit.Goto("/audit-log");
        await visit.Choose("Object", "admin");
        await visit.Choose("Method", "PATCH");
        var changes = visit.Page.GetByRole(
            AriaRole.Button, new PageGetByRoleOptions { Name = "PATCH /admins/{id}" });
        await changes.First.WaitForAsync();
        await visit.Page.GetByText("POST /admins").First.WaitForAsync(Visit.Gone);
        Assert.Equal(2, await changes.CountAsync());
        await changes.Last.ClickAsync();
        await visit.Dialog.GetByText("\"role\": \"Support\"").WaitForAsync(); // before
        await visit.Dialog.GetByText("\"role\": \"Viewer\"").WaitForAsync(); // after
        await page.GetByLabel("E-mail address").WaitForAsync(); // she was asked to sign in meanwhile
        visit.MustBeCalm();
        Assert.All(other.Complaints, c => Assert.Contains("a status of 401 ", c, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_are_saved_another_sign_in_is_ended_and_a_password_is_changed()
    {
        const string next = "correct horse battery staple";
        await using var visit = await Visit.Begin();
        using var elsewhere = await visit.SignInElsewhere();
        await visit.Goto("/settings");
        await visit.Fill("Name", "Yard Ltd");
        await visit.Choose("Sessions that are told late", "Are billed and put up for review");
        await visit.Switch("Show station passwords again when asked", true);
        await visit.Press("Save");
        await visit.Sees("Saved");
        var here = visit.Page.GetByText("this browser");
        await here.WaitForAsync();
        Assert.Equal(200, await elsewhere.Status("GET", "/me", null));
        await visit.Press("Sign out");
        await visit.Button("Sign out").First.WaitForAsync(Visit.Gone);
        Assert.Equal(401, await elsewhere.Status("GET", "/me", null));

        (await elsewhere.Login()).MustBe(200);
        await visit.Page.GetByLabel("Present password").First.FillAsync("not it, not at all");
        await visit.Page.GetByLabel("New password").First.FillAsync(next);
        await visit.Press("Change the password");
        await visit.Page.GetByText("password").Last.WaitForAsync();
        Assert.Equal(200, await elsewhere.Status("GET", "/me", null));
        await visit.Page.GetByLabel("Present password").First.FillAsync(OperatorClient.Password);
        await visit.Press("Change the password");
        await visit.Sees("Changed. Your other sessions have ended.");

        Assert.Equal(401, await elsewhere.Status("GET", "/me", null));
        (await elsewhere.Login()).MustBe(401);
        (await elsewhere.Login(next)).MustBe(200);
        var kept = (await visit.Api.Get($"/organizations/{await visit.Organization()}")).MustBe(200).Result;
        Assert.Equal("Yard Ltd", (string)kept["name"]!);
        Assert.Equal("review", (string)kept["late_billing"]!);
        Assert.True((bool)kept["reveal_station_passwords"]!);
        await visit.Page.ReloadAsync();
        await here.WaitForAsync(); // this browser stays signed in
        visit.MustBeCalm(401, 422, 403);
    }

    private static async Task Menu(Visit visit, string item)
    {
        await visit.Press("Change: " + Mina);
        await visit.Page.GetByRole(
            AriaRole.Menuitem, new PageGetByRoleOptions { Name = item, Exact = true }).ClickAsync();
    }
}
