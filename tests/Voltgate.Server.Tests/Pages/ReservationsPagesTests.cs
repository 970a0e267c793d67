using Microsoft.Playwright;

namespace Voltgate.Server.Tests.Pages;

/// <summary>Connectors that are kept for a driver, if their station agrees.</summary>
public sealed class ReservationsPagesTests
{
    [Fact]
    public async Task A_connector_is_kept_until_the_reservation_is_cancelled_or_the_station_refuses()
    {
        await using var visit = await Visit.Begin();
        var ada = await visit.Api.Make("/users", """{"firstname":"Ada","lastname":"Byron"}""");
        await visit.Api.Make("/tokens", $$"""{"physicalId":"04A1","user":"{{ada}}"}""");
        await visit.Goto("/reservations");
        await visit.Sees("No reservation yet");

        await Reserve(visit);
        await visit.Sees("Pending");
        var asked = await visit.Station.Expect();
        Assert.Equal("ReserveNow", (string)asked[2]!);
        Assert.Equal(1, (int)asked[3]!["connectorId"]!);
        await visit.Station.Answer(asked, """{"status":"Accepted"}""");
        await visit.Sees("Active");
        var kept = (await visit.Api.Get("/reservations")).MustBe(200).Items[0]!;
        Assert.Equal((ada, visit.Box.Connector), ((string)kept["user"]!, (string)kept["connector"]!));

        await visit.Press("Cancel the reservation for Ada Byron");
        await visit.Dialog.GetByText("Kept until").WaitForAsync();
        await visit.Submit("Cancel this reservation");
        var cancelled = await visit.Station.Expect();
        Assert.Equal("CancelReservation", (string)cancelled[2]!);
        Assert.Equal((int)asked[3]!["reservationId"]!, (int)cancelled[3]!["reservationId"]!);
        await visit.Station.Answer(cancelled, """{"status":"Accepted"}""");
        await visit.Sees("Cancelled");
        await visit.Button("Cancel the reservation for Ada Byron").WaitForAsync(Visit.Gone);

        await Reserve(visit);
        await visit.Station.Answer(await visit.Station.Expect(), """{"status":"Occupied"}""");
        await visit.Sees("Refused");
        await visit.Choose("Status", "Refused");
        await visit.Page.GetByRole(AriaRole.Cell, new PageGetByRoleOptions { Name = "Cancelled" })
            .WaitForAsync(Visit.Gone);

        var all = (await visit.Api.Get("/reservations?sort_order=asc")).MustBe(200).Items;
        Assert.Equal(["cancelled", "refused"], all.Select(r => (string)r!["status"]!));
        visit.MustBeCalm();
    }

    private static async Task Reserve(Visit visit)
    {
        await visit.Press("Reserve a connector");
        await visit.Dialog.WaitForAsync(); // the filters have the same names
        await visit.Choose("Chargestation", "Box");
        await visit.Choose("Connector", "Connector 1");
        await visit.Choose("Driver", "Ada Byron");
        await visit.Submit("Reserve");
    }
}
