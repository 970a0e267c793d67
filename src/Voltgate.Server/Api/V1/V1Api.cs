using System.Text.Json.Nodes;

namespace Voltgate.Server.Api;

/// <summary>
/// /v1: the older API of the same makers, as far as it maps onto ours (docs/guides/v1.md). Each path is answered by the
/// route of /v1.1 beside it, with its scope, its limits and its tenant; only words are changed on the way.
/// </summary>
internal sealed class V1Api(Ordering ordering, References references)
{
    public const string Base = "/v1";

    private static readonly Refusal Absent = new(
        501, "not_in_v1", "This part of /v1 is not served here; see the guide for what stands for it in /v1.1.");

    private static readonly string[] NotServed =
    [
        "GET /configurations", "POST /configurations", "GET /configurations/{id}", "GET /organizations",
        "GET /organizations/{id}", "PATCH /organizations/{id}", "GET /reservations", "GET /reservations/{id}",
        "PATCH /reservations/{id}", "GET /vehicles", "GET /vehicles/{id}", "GET /vehicles/{id}/battery",
        "GET /vehicles/{id}/charge", "POST /vehicles/{id}/charge", "GET /vehicles/{id}/location",
        "GET /vehicles/{id}/odometer", "GET /realtime", "POST /commands/reserve", "POST /commands/cancelreservation",
        "POST /commands/chargingschedule", "DELETE /commands/chargingschedule",
    ];

    /// <param name="ours">The routes of /v1.1.</param>
    public IReadOnlyList<ApiRoute> Routes(IEnumerable<ApiRoute> ours)
    {
        var byName = ours.ToDictionary(r => $"{r.Verb} {r.Path}", StringComparer.Ordinal);
        return
        [
            .. Rows().Select(row => RouteOf(row, byName[row.Ours])),
            .. NotServed.Select(name => new ApiRoute(
                name.Split(' ')[0], name.Split(' ')[1], null, _ => Task.FromResult<IResult>(Absent)) { Alias = true }),
        ];
    }

    private static ApiRoute RouteOf(V1Row row, ApiRoute ours) => ours with
    {
        Verb = row.Theirs.Split(' ')[0],
        Path = row.Theirs.Split(' ')[1],
        Alias = true,
        Handler = call => Serve(call, row, ours),
    };

    private static async Task<IResult> Serve(Call call, V1Row row, ApiRoute ours)
    {
        var ask = V1Ask.Of(call, call.Route.Writes ? await call.Bytes() : []);
        if (row.Ask is not null && await row.Ask(ask) is { } refusal) return row.Word(refusal);
        return row.Word(await ours.Handler(ask.For(ours)));
    }

    private IEnumerable<V1Row> Rows() =>
    [
        .. Of("/drivers", "/users", 200, V1Words.Driver, V1Words.AskDriver, V1Words.AskDriver),
        .. Of("/tokens", "/tokens", 201, V1Words.Token, V1Words.AskToken, V1Words.AskToken),
        .. Of("/locations", "/locations", 200, V1Words.Location, V1Words.AskLocation, V1Words.AskLocation),
        .. Of("/location", "/locations", 200, V1Words.Location, V1Words.AskLocation, V1Words.AskLocation)
            .Where(r => r.Theirs.Contains('{', StringComparison.Ordinal)),
        .. Of("/chargestations", "/chargestations", 201, V1Words.Chargestation, V1Words.AskNewStation, _ => null)
            .Select(r => r.Theirs == "POST /chargestations" ? r with { Named = "chargestation" } : r),
        new("GET /chargestations/{id}/connectors", "GET /connectors") { Ask = OfStation },
        new("GET /connectors", "GET /connectors"),
        new("POST /connectors", "POST /chargestations/{id}/connectors") { Ask = NewConnector, Status = 200 },
        new("GET /connectors/{id}", "GET /connectors/{id}"),
        new("PATCH /connectors/{id}", "PATCH /connectors/{id}"),
        new("DELETE /connectors/{id}", "DELETE /connectors/{id}"),
        new("GET /transactions", "GET /sessions") { Tell = V1Words.Transaction },
        new("GET /transactions/{id}", "GET /sessions/{id}") { Tell = V1Words.Transaction },
        new("GET /transactions/{id}/cost", "GET /sessions/{id}") { Part = "cost" },
        new("GET /security/posture", "GET /security/posture"),
        new("GET /commands", "GET /actions") { Tell = V1Words.Command },
        new("POST /commands/remotestart", "POST /sessions")
        {
            Ask = RemoteStart, Tell = V1Words.Transaction, Named = "command",
        },
        new("POST /commands/remotestop", "POST /sessions/{id}/stop")
        {
            Ask = ask => Task.FromResult(ask.ToPath("transaction")), Tell = V1Words.Transaction, Status = 201,
        },
        new("POST /commands/reset", "POST /chargestations/{id}/reset")
        {
            Ask = AtStation, Tell = V1Words.Command, Status = 201,
        },
        new("POST /commands/unlockconnector", "POST /chargestations/{id}/unlock")
        {
            Ask = AtStation, Tell = V1Words.Command, Status = 201,
        },
        new("GET /commands/{id}/variables", "GET /chargestations/{id}/configurations") { Tell = V1Words.Command },
        new("PATCH /commands/{id}/variables", "PATCH /chargestations/{id}/configurations")
        {
            Ask = ask => Task.FromResult(V1Words.AskVariable(ask)), Tell = V1Words.Command, Status = 201,
        },
    ];

    /// <summary>A resource that is listed, made, read, changed and deleted under another name.</summary>
    private static IEnumerable<V1Row> Of(
        string theirs, string ours, int made, Action<JsonObject> tell, Func<V1Ask, Refusal?> create,
        Func<V1Ask, Refusal?> change) =>
    [
        new("GET " + theirs, "GET " + ours) { Tell = tell },
        new("POST " + theirs, "POST " + ours)
        {
            Tell = tell, Ask = ask => Task.FromResult(create(ask)), Status = made,
        },
        new($"GET {theirs}/{{id}}", $"GET {ours}/{{id}}") { Tell = tell },
        new($"PATCH {theirs}/{{id}}", $"PATCH {ours}/{{id}}")
        {
            Tell = tell, Ask = ask => Task.FromResult(change(ask)),
        },
        new($"DELETE {theirs}/{{id}}", $"DELETE {ours}/{{id}}") { Tell = tell },
    ];

    private static Task<Refusal?> AtStation(V1Ask ask) => Task.FromResult(ask.ToPath("chargestation"));

    private async Task<Refusal?> OfStation(V1Ask ask)
    {
        if (await ordering.Station(ask.Call, ask.Call.Id) is not { } station) return Refusal.NotFound;
        var query = ask.Call.Http.Request.Query.ToDictionary(q => q.Key, q => q.Value, StringComparer.Ordinal);
        query["chargestation"] = station.Id;
        ask.Call.Http.Request.Query = new QueryCollection(query);
        return null;
    }

    /// <summary>There connectors have no numbers: the station's next one.</summary>
    private async Task<Refusal?> NewConnector(V1Ask ask)
    {
        if (ask.ToPath("chargestation") is { } refusal) return refusal;
        if (await ordering.Station(ask.Call, ask.Call.Id) is not { } station) return Refusal.NotFound;
        ask.Body!["connectorId"] ??= station.Connectors.Select(c => c.Place.Connector).Append(0).Max() + 1;
        return null;
    }

    private async Task<Refusal?> RemoteStart(V1Ask ask)
    {
        if (ask.Body is not { } body) return null;
        if (body["token"] is not null)
            return Refusal.Invalid("token", "A start is given to a driver here: send driver, and no token.");
        body.Remove("token");
        ask.Rename("driver", "user");
        if (body["chargestation"] is JsonValue station && body["connector"] is JsonValue connector
            && connector.TryGetValue<string>(out var id) && station.TryGetValue<string>(out var wanted)
            && await references.Read(ask.Call, "connectors", "chargestation", id) is { } real && real != wanted)
            return Refusal.Invalid("chargestation", "The connector is not one of this chargestation.");
        body.Remove("chargestation");
        return null;
    }
}
