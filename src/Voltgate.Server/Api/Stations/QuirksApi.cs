using Voltgate.Server.Resources;
using Voltgate.Server.Stations;

namespace Voltgate.Server.Api;

/// <summary>What makes of stations do otherwise than OCPP says, and which of it holds for which station.</summary>
internal sealed class QuirksApi(Ordering ordering, QuirkBook book)
{
    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/quirk_profiles", "read:chargestations", _ => Task.FromResult<IResult>(Success.Ok(
            "Quirk profiles",
            Wire.Write(new QuirkProfilesResource(book.Profiles), WireContext.Default.QuirkProfilesResource))))
        {
            Summary = "Every quirk profile, in the order in which they are tried.",
            Answer = typeof(QuirkProfilesResource),
        },
        new("GET", "/chargestations/{id}/quirks", "read:chargestations", OfStation)
        {
            Summary = "How a chargestation is read and told otherwise than OCPP says, and why.",
            Answer = typeof(QuirksResource),
        },
    ];

    private async Task<IResult> OfStation(Call call)
    {
        if (await ordering.Station(call, call.Id) is not { } station) return Refusal.NotFound;
        var profile = book.Of(station);
        var chosen = station.Settings.QuirkProfile is not null ? "by_hand" : profile is null ? "none" : "by_boot";
        return Success.Ok("Quirks", Wire.Write(
            new QuirksResource(station.Id, chosen, profile), WireContext.Default.QuirksResource));
    }
}
