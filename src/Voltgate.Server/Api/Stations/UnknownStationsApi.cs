using System.Text.Json.Nodes;
using Voltgate.Server.Resources;
using Voltgate.Server.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>Stations in quarantine: seen, adopted or sent away. They are the root organisation's.</summary>
internal sealed class UnknownStationsApi(
    ListReader lists, References references, NewStations births, Quarantine quarantine, Committer committer)
{
    private const string Forget = "delete from unknown_stations where id = $1";

    private static readonly ListSpec All = new("unknown_stations", Filter.Text("identity"))
    {
        // Created under its name by other means: it is no stranger any more.
        Where = "identity not in (select endpoint from chargestations)",
    };

    private static readonly Shape Adoption = new(
        "AdoptionBody",
        Field.Text("name", "What people call it; its identity unless given.", max: 200, min: 1),
        Field.Id("location", "Where it stands."),
        Field.Object(
            "security", StationShapes.SecurityShape,
            "How the station must present itself; basic_auth unless said otherwise."));

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/unknown_stations", "read:chargestations", lists.Read)
        {
            Summary = "List the stations that wait in quarantine (Ocpp:UnknownStations), to the root organisation.",
            List = All, Answer = typeof(UnknownStationResource),
        },
        new("POST", "/unknown_stations/{id}/adopt", "write:chargestations", Adopt)
        {
            Summary = "Make a chargestation of a station in quarantine; security.password is shown this once.",
            Creates = true, Body = Adoption, Answer = typeof(ChargestationResource), Fresh = true,
            Refusals = [(409, "endpoint_taken")],
        },
        new("DELETE", "/unknown_stations/{id}", "write:chargestations", Dismiss)
        {
            Summary = "Forget a station in quarantine and end its connection; it is listed again when it comes again.",
            Answer = typeof(UnknownStationResource),
        },
    ];

    private async Task<IResult> Adopt(Call call)
    {
        if (await Find(call) is not { } found) return Refusal.NotFound;
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        var fields = (JsonObject)body.Value.DeepClone();
        fields["endpoint"] = found.Identity;
        fields["name"] ??= found.Identity;
        var result = await births.Create(call, fields, Statement.Of(Forget, found.Id));
        if (result is Success) await quarantine.Release(found.Identity);
        return result;
    }

    private async Task<IResult> Dismiss(Call call)
    {
        if (await Find(call) is not { } found) return Refusal.NotFound;
        var shown = Wire.Write(found, WireContext.Default.UnknownStationResource);
        await committer.Commit(
        [
            Statement.Of(Forget, found.Id),
            .. call.Audit.Rows(new AuditChange("unknown_station", found.Id, shown, null)),
        ]);
        call.Audit.Kept();
        await quarantine.Release(found.Identity);
        return Success.Ok("Station forgotten", shown);
    }

    private async Task<UnknownStationResource?> Find(Call call) =>
        Domain.ObjectId.IsWellFormed(call.Id)
        && await references.Read(call, "unknown_stations", "body", call.Id) is { } body
            ? Wire.Read(body, WireContext.Default.UnknownStationResource)
            : null;
}
