using Dapper;
using Voltgate.Server.Resources;
using Voltgate.Server.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>Why a station cannot connect: its attempts, with a diagnosis and a remedy.</summary>
internal sealed class AttemptsApi(ListReader lists, AttemptBook book, References references, Database database)
{
    private const string Columns =
        "t.id as Id, t.chargestation as Chargestation, t.identity as Identity, t.source as Source, t.code as Code, "
        + "t.attempts as Attempts, t.detail as Detail, t.created_at as CreatedAt, t.updated_at as UpdatedAt";

    private static readonly Filter[] Filters =
        [Filter.Text("code"), Filter.Text("identity"), Filter.Text("source"), Filter.Id("chargestation")];

    private static readonly ListSpec All = new("connection_attempts", Filters) { Select = Columns };

    private static readonly ListSpec OfStation = new("connection_attempts", Filters[..3])
    {
        Select = Columns, Within = ("chargestation", "id"),
    };

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/connection_attempts", "read:chargestations", call => List(call, All))
        {
            Summary = "How stations tried to connect, with a diagnosis and a remedy; those of no chargestation are "
                + "shown to the root organisation.",
            List = All, Answer = typeof(ConnectionAttemptResource),
        },
        new("GET", "/chargestations/{id}/connection_attempts", "read:chargestations", ListOfStation)
        {
            Summary = "Why a chargestation cannot connect, or how it did.",
            List = OfStation, Answer = typeof(ConnectionAttemptResource),
        },
    ];

    private async Task<IResult> ListOfStation(Call call) =>
        Domain.ObjectId.IsWellFormed(call.Id) && await references.Exists(call, "chargestations", call.Id)
            ? await List(call, OfStation)
            : Refusal.NotFound;

    private async Task<IResult> List(Call call, ListSpec spec)
    {
        await book.Keep(); // what came in this second counts, too
        return await lists.Read<Row>(call, spec, (rows, _) => Word(call, rows));
    }

    private async Task<IReadOnlyList<string>> Word(Call call, IReadOnlyList<Row> rows)
    {
        var similar = await Similar(call, [.. rows.Where(r => r.Code == "unknown_station").Select(r => r.Identity)]);
        return [.. rows.Select(r => Wire.Write(Word(r, similar), WireContext.Default.ConnectionAttemptResource))];
    }

    private static ConnectionAttemptResource Word(Row r, ILookup<string, string> similar)
    {
        var (diagnosis, remedy) = Diagnoses.Of(r.Code, r.Identity, r.Detail);
        if (r.Code == "unknown_station" && similar[r.Identity.ToLowerInvariant()].FirstOrDefault() is { } other)
            remedy = $"There is \"{other}\", which differs in upper and lower case only: write it so in the station.";
        return new ConnectionAttemptResource(
            r.Id, r.Code is Attempt.Accepted or "quarantined" ? r.Code : "refused", r.Code, r.Chargestation,
            r.Identity is "" ? null : r.Identity, r.Source, r.Attempts, diagnosis, remedy,
            r.Detail is "" ? null : r.Detail, new WireTime(r.CreatedAt), new WireTime(r.UpdatedAt));
    }

    /// <summary>The caller's endpoints that differ from these in case only, by the lower form.</summary>
    private async Task<ILookup<string, string>> Similar(Call call, string[] identities)
    {
        if (identities.Length == 0) return Array.Empty<string>().ToLookup(e => e);
        var values = new DynamicParameters(new { organization = call.Organization });
        await using var connection = await database.Open(call.Cancel);
        var endpoints = await connection.QueryAsync<string>(
            "select endpoint from chargestations where organization = @organization and lower(endpoint) in "
            + InList.Of(values, [.. identities.Select(i => i.ToLowerInvariant()).Distinct()]), values);
        return endpoints.ToLookup(e => e.ToLowerInvariant());
    }

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string? Chargestation { get; init; }

        public string Identity { get; init; } = "";

        public string Source { get; init; } = "";

        public string Code { get; init; } = "";

        public long Attempts { get; init; }

        public string Detail { get; init; } = "";

        public long CreatedAt { get; init; }

        public long UpdatedAt { get; init; }
    }
}
