using System.Globalization;
using Microsoft.Playwright;
using Voltgate.Server.Tests.Webhooks;

namespace Voltgate.Server.Tests.Pages;

/// <summary>Sessions: found again, taken along as files, and each one explained.</summary>
public sealed class SessionsPagesTests
{
    [Fact]
    public async Task Filters_stand_in_the_address_and_an_export_holds_what_they_show()
    {
        await using var visit = await Visit.Begin();
        var ada = await Driver(visit, "Ada", "04A1");
        await Driver(visit, "Emil", "04E1");
        var hers = await Charge(visit, "04A1", 2_000);
        var his = await Charge(visit, "04E1", 3_000);
        await visit.Goto("/sessions");
        await visit.Link("Emil Test").WaitForAsync();

        await visit.Choose("Driver", "Ada Test");
        await visit.Choose("Status", "Ended");
        await visit.Field("From").FillAsync(Day(-2));
        await visit.Link("Emil Test").WaitForAsync(Visit.Gone);
        await visit.Page.ReloadAsync();
        await visit.Link("Ada Test").WaitForAsync();
        Assert.Equal(0, await visit.Link("Emil Test").CountAsync());
        Assert.Contains("user=" + ada, visit.Page.Url);
        Assert.Equal(Day(-2), await visit.Field("From").InputValueAsync());
        var csv = await Export(visit, "CSV, for spreadsheets");
        var lines = await Export(visit, "JSON lines, for programs");
        foreach (var file in new[] { csv, lines })
        {
            Assert.Contains(hers, file);
            Assert.DoesNotContain(his, file);
        }

        Assert.Equal(2, csv.TrimEnd().Split('\n').Length); // its head, and one session
        Assert.Single(lines.TrimEnd().Split('\n'));
        await visit.Field("From").FillAsync(Day(2));
        await visit.Sees("No session fits these filters");
        await visit.Press("Clear filters");
        await visit.Link("Emil Test").WaitForAsync();
        visit.MustBeCalm();
    }

    [Fact]
    public async Task A_session_is_explained_by_its_course_its_bill_and_all_that_happened()
    {
        await using var sink = await WebhookSink.Start();
        await using var visit = await Visit.Begin();
        await visit.Api.Make("/webhooks", $$"""{"url":"{{sink.Url}}","events":["session.*"]}""");
        var rate = await visit.Api.Make("/rates", """
            {"name":"R","currency":"EUR","price_components":[
             {"type":"ENERGY","price":0.45,"tax":19},{"type":"FLAT","price":0.35,"tax":7},
             {"type":"TIME","price":1.15,"tax":19}]}
            """);
        (await visit.Api.Patch($"/connectors/{visit.Box.Connector}", $$"""{"rate":"{{rate}}"}""")).MustBe(200);
        await Driver(visit, "Ada", "04A1");
        var id = await Charge(visit, "04A1", 9_000);
        await sink.Wait(2);

        await visit.Goto("/sessions/" + id);
        await visit.Heading("Session of Ada Test");
        var bill = visit.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Bill, line by line" });
        var last = await bill.Locator("tbody tr td:last-child").AllInnerTextsAsync();
        var amount = Money(await bill.Locator("tfoot th:last-child").InnerTextAsync());
        Assert.Equal(3, last.Count);
        Assert.Equal(amount, decimal.Round(last.Sum(Money), 2));
        Assert.Equal(amount, (decimal)(await visit.Api.Get("/sessions/" + id)).Result["cost"]!["amount"]!);
        await visit.Press("As a table");
        var course = visit.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Course" });
        await course.GetByText("6.75 kWh").First.WaitForAsync();
        Assert.Equal(3, await course.Locator("tbody tr").CountAsync());
        await visit.Press("As a plot");
        await course.GetByRole(AriaRole.Img).WaitForAsync();
        var story = visit.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Newest first" });
        foreach (var what in new[] { "StartTransaction", "StopTransaction", "session.started", "session.ended" })
            await story.GetByText(what, new LocatorGetByTextOptions { Exact = true }).First.WaitForAsync();
        await visit.Page.GetByText("Messages", new PageGetByTextOptions { Exact = true }).ClickAsync();
        await story.GetByText("StartTransaction").First.WaitForAsync(Visit.Gone);
        await visit.Page.GetByText("Events", new PageGetByTextOptions { Exact = true }).ClickAsync();
        await story.GetByText("answered 200").First.WaitForAsync(); // the webhooks are left
        visit.MustBeCalm();
    }

    [Fact]
    public async Task A_session_that_the_station_refuses_says_why()
    {
        await using var visit = await Visit.Begin();
        await Driver(visit, "Ada", "04A1");
        await visit.Goto("/chargestations/" + visit.Box.Id);
        await visit.Press("Start a session");
        await visit.Choose("Driver", "Ada Test");
        await visit.Press("Start");
        await visit.Station.Answer(await visit.Station.Expect(), """{"status":"Rejected"}""");

        await visit.Heading("Session of Ada Test");
        await visit.Sees("Cancelled");
        var session = Assert.Single((await visit.Api.Get("/sessions")).MustBe(200).Items)!;
        await visit.Page.GetByRole(AriaRole.Alert).GetByText((string)session["failure"]!["message"]!).WaitForAsync();
        Assert.Equal("cancelled", (string)session["status"]!);
        Assert.Equal(0, await visit.Button("Withdraw").CountAsync());
        visit.MustBeCalm();
    }

    private static async Task<string> Driver(Visit visit, string name, string card)
    {
        var id = await visit.Api.Make("/users", $$"""{"firstname":"{{name}}","lastname":"Test"}""");
        await visit.Api.Make("/tokens", $$"""{"physicalId":"{{card}}","user":"{{id}}"}""");
        return id;
    }

    /// <summary>An hour of charging that has just ended, told with three reports; the session's id.</summary>
    private static async Task<string> Charge(Visit visit, string card, int wh)
    {
        var began = DateTimeOffset.UtcNow.AddHours(-1);
        var number = (int)(await visit.Station.Call("StartTransaction", $$"""
            {"connectorId":1,"idTag":"{{card}}","meterStart":0,"timestamp":"{{began:O}}"}
            """))["transactionId"]!;
        for (var i = 1; i <= 3; i++)
            await visit.Station.Call("MeterValues", $$"""
                {"connectorId":1,"transactionId":{{number}},"meterValue":[{"timestamp":"{{began.AddMinutes(15 * i):O}}",
                 "sampledValue":[{"value":"{{wh * i / 4}}"},
                 {"value":"9","measurand":"Power.Active.Import","unit":"kW"}]}]}
                """);
        await visit.Station.Call("StopTransaction", $$"""
            {"transactionId":{{number}},"meterStop":{{wh}},"timestamp":"{{began.AddHours(1):O}}"}
            """);
        var newest = (await visit.Api.Get("/sessions?paginate_limit=1")).MustBe(200).Items[0]!;
        return (string)newest["_id"]!;
    }

    private static async Task<string> Export(Visit visit, string how)
    {
        await visit.Press("Export");
        return await visit.Download(
            visit.Page.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = how }));
    }

    private static string Day(int fromNow) =>
        DateTime.UtcNow.AddDays(fromNow).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static decimal Money(string text) => decimal.Parse(text.TrimStart('€'), CultureInfo.InvariantCulture);
}
