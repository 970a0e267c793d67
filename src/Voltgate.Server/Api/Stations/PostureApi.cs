using System.Text.Json;
using Dapper;
using Voltgate.Domain.Stations;
using Voltgate.Server.Resources;
using Voltgate.Server.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>How safe the stations' ways in are, one by one and all together.</summary>
internal sealed class PostureApi(
    Ordering ordering, ListReader lists, Database database, AttemptBook book, Entropy entropy)
{
    private const long DayMs = 86_400_000;

    private static readonly string[] Profiles = Enum.GetNames<StationSecurity>();

    private static readonly ListSpec All = new(
        "chargestations", Filter.Id("chargestation", "id"), Filter.Id("location"), Filter.Flag("online"),
        Filter.Flag("active"), Filter.Word("type", Profiles, "security"));

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/security/posture", "read:chargestations", ListAll)
        {
            Summary = "How safe the ways in of all chargestations are: findings with severity and remedy. "
                + "type is the profile in words: None, BasicAuth, TlsBasic, Mtls.",
            List = All, Answer = typeof(PostureResource),
        },
        new("GET", "/chargestations/{id}/security_posture", "read:chargestations", Get)
        {
            Summary = "How safe a chargestation's way in is: findings with severity and remedy.",
            Answer = typeof(PostureResource),
        },
    ];

    private Task<IResult> ListAll(Call call) => lists.Read(
        call, async (rows, _) => await Word(call, [.. rows.Select(r => DomainJson.ReadStation(r.Body))]));

    private async Task<IResult> Get(Call call) => await ordering.Station(call, call.Id) is { } station
        ? Success.Ok("Security posture", (await Word(call, [station]))[0])
        : Refusal.NotFound;

    private async Task<IReadOnlyList<string>> Word(Call call, IReadOnlyList<ChargeStation> stations)
    {
        if (stations.Count == 0) return [];
        await book.Keep(); // what came in this second counts, too
        var now = entropy.NowMs;
        var values = new DynamicParameters(new { since = now - DayMs, organization = call.Organization });
        var these = InList.Of(values, [.. stations.Select(s => s.Id)]);
        await using var connection = await database.Open(call.Cancel);
        var refusals = (await connection.QueryAsync<Refused>(
            "select chargestation as Chargestation, sum(attempts) as Attempts from connection_attempts "
            + $"where chargestation in {these} and code <> 'accepted' and updated_at >= @since group by chargestation",
            values)).ToDictionary(r => r.Chargestation, r => (long)r.Attempts);
        var ends = (await connection.QueryAsync<string>(
            $"select body from station_certificates where chargestation in {these} and revoked_at is null", values))
            .Select(b => Wire.Read(b, WireContext.Default.StationCertificateResource))
            .GroupBy(c => c.Chargestation).ToDictionary(g => g.Key, g => g.Max(c => c.ValidUntil.Ms));
        var settings = await connection.QueryFirstOrDefaultAsync<string>(
            "select body from organizations where id = @organization", values);
        var reveals = Reveals(settings);
        return
        [
            .. stations.Select(s => Wire.Write(
                Posture.Of(
                    s,
                    new PostureFacts(
                        ends.TryGetValue(s.Id, out var until) ? until : null, refusals.GetValueOrDefault(s.Id),
                        reveals),
                    now),
                WireContext.Default.PostureResource)),
        ];
    }

    private static bool Reveals(string? organization)
    {
        if (organization is null) return false;
        using var document = JsonDocument.Parse(organization);
        return document.RootElement.TryGetProperty("reveal_station_passwords", out var flag)
            && flag.ValueKind == JsonValueKind.True;
    }

    private sealed class Refused
    {
        public string Chargestation { get; init; } = "";

        public decimal Attempts { get; init; }
    }
}
