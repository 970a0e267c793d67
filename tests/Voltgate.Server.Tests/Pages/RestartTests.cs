namespace Voltgate.Server.Tests.Pages;

/// <summary>A server that is stopped and started while a page is open.</summary>
public sealed class RestartTests
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_page_says_that_the_server_is_away_and_shows_later_what_happened(string provider)
    {
        await using var visit = await Visit.Begin(provider: provider, configure: Visit.KnownPort);
        await visit.Goto("/chargestations/" + visit.Box.Id);
        await visit.Sees("Live");
        await visit.Sees("Available");

        var says = visit.Sees("Reconnecting");
        await visit.Restart();
        await says;
        await visit.Connect();
        await visit.Station.Report(1, "Faulted", DateTimeOffset.UtcNow);
        (await visit.Api.Patch($"/chargestations/{visit.Box.Id}", """{"name":"North gate"}""")).MustBe(200);

        await visit.Sees("Live");
        await visit.Sees("Faulted");
        await visit.Heading("North gate");
        Assert.All(visit.Browser.Complaints, c => Assert.Contains("net::ERR_", c, StringComparison.Ordinal));
    }
}
