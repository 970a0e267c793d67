namespace Voltgate.Server.Tests.Pages;

/// <summary>A schedule's blocks, which have exact times, beside the week that shows them in cells.</summary>
public sealed class ScheduleBlocksTests
{
    [Fact]
    public async Task A_block_is_edited_to_odd_minutes_and_stays_so()
    {
        await using var visit = await Visit.Begin();
        var day = await Rate(visit, "Day", 0.6m);
        var night = await Rate(visit, "Night", 0.3m);
        var schedule = await visit.Api.Make("/rates/schedule", $$"""
            {"name":"Both","currency":"EUR","default_rate":"{{day}}","layout":[{"rate":"{{night}}",
             "target":{"day_of_week":[1],"start_time":"22:00","end_time":"24:00"} }]}
            """);
        await visit.Goto("/rates/" + schedule);

        await visit.Press("Edit Mon, 22:00–24:00");
        await visit.Dialog.GetByLabel("From").FillAsync("22:07");
        await visit.Dialog.GetByLabel("To").FillAsync("05:43");
        await visit.Submit("Put into the week");
        await visit.Button("Edit Mon, 22:07–05:43").WaitForAsync();
        await visit.Press("Save the week");
        await visit.Sees("The week is saved as a new version");
        await visit.Page.ReloadAsync();
        await visit.Press("Edit Mon, 22:07–05:43");
        Assert.Equal("05:43", await visit.Dialog.GetByLabel("To").InputValueAsync());

        var entry = Assert.Single(
            (await visit.Api.Get("/rates/" + schedule)).MustBe(200).Result["layout"]!.AsArray())!;
        Assert.Equal(night, (string)entry["rate"]!["_id"]!);
        Assert.Equal(
            """{"day_of_week":[1],"start_time":"22:07","end_time":"05:43"}""", entry["target"]!.ToJsonString());
        visit.MustBeCalm();
    }

    private static Task<string> Rate(Visit visit, string name, decimal price) =>
        visit.Api.Make("/rates", FormattableString.Invariant(
            $$"""{"name":"{{name}}","currency":"EUR","price_components":[{"type":"ENERGY","price":{{price}}}]}"""));
}
