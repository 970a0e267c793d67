using System.Globalization;
using System.Text;
using CsvHelper;
using Voltgate.Server.Resources;

namespace Voltgate.Server.Api;

/// <summary>All sessions that a filter finds as one file, streamed: /sessions.csv, /sessions.jsonl.</summary>
internal sealed class SessionExports(ListReader lists, SessionViews views, Storage.Committer committer)
{
    // Text that a spreadsheet would run as a formula is shown as text: stations and drivers write some of it.
    private static readonly CsvWriterOptions Rules = new() { Injection = CsvInjection.Escape };

    private static readonly (string Name, Func<SessionResource, string?> Of)[] Columns =
    [
        ("_id", s => s.Id), ("status", s => s.Status), ("source", s => s.Source), ("user", s => s.User),
        ("chargestation", s => s.Chargestation), ("connector", s => s.Connector), ("token", s => s.Token),
        ("rate", s => s.Rate), ("chargingStart", s => s.Metrics.ChargingStart?.ToString()),
        ("chargingStop", s => s.Metrics.ChargingStop?.ToString()), ("timezone", s => s.Metrics.Timezone),
        ("meterStart_Wh", s => Number(s.Metrics.MeterStart)), ("meterStop_Wh", s => Number(s.Metrics.MeterStop)),
        ("energyConsumed_Wh", s => Number(s.Metrics.EnergyConsumed)),
        ("energyPeriod_s", s => Number(s.Metrics.EnergyPeriod)), ("amount", s => Number(s.Cost?.Amount)),
        ("currency", s => s.Cost?.Currency), ("stop_reason", s => s.StopReason),
        ("failure", s => s.Failure?.Code), ("review", s => string.Join(' ', s.Review)),
        ("createdAt", s => s.CreatedAt.ToString()), ("updatedAt", s => s.UpdatedAt.ToString()),
    ];

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/sessions.csv", "read:sessions", call => Export(call, "text/csv", "sessions.csv", CsvOf))
        {
            Summary = "Every session that the filters find, as CSV.", List = SessionsApi.List, Downloads = "text/csv",
            TextSample = SampleOf(CsvOf),
        },
        new("GET", "/sessions.jsonl", "read:sessions", call => Export(
            call, "application/jsonl", "sessions.jsonl", LinesOf))
        {
            Summary = "Every session that the filters find, one JSON object a line.", List = SessionsApi.List,
            Downloads = "application/jsonl", TextSample = SampleOf(LinesOf),
        },
    ];

    private Task<IResult> Export(
        Call call, string type, string name, Action<bool, IEnumerable<Exported>, Stream> word)
    {
        var parsed = ListParser.Parse(call, call.Route.List!);
        return Task.FromResult<IResult>(parsed.Holds
            ? new Download(type + "; charset=utf-8", name, to => Write(call, parsed.Value, word, to))
            : parsed.Refusal);
    }

    private async Task Write(
        Call call, ListQuery query, Action<bool, IEnumerable<Exported>, Stream> word, Stream to)
    {
        var isFirst = true;
        await foreach (var rows in lists.All(query, call.Cancel))
        {
            var batch = await views.Read(rows.Select(r => r.Body), call.Cancel);
            await committer.Settled;
            using var buffer = new MemoryStream();
            word(isFirst, batch.Select(s => new Exported(SessionResource.Of(s), s.IdTag)), buffer);
            buffer.Position = 0;
            await buffer.CopyToAsync(to, call.Cancel);
            await to.FlushAsync(call.Cancel);
            isFirst = false;
        }
    }

    private static void LinesOf(bool isFirst, IEnumerable<Exported> batch, Stream to)
    {
        foreach (var session in batch)
        {
            to.Write(StationJson.Utf8(session.Session));
            to.WriteByte((byte)'\n');
        }
    }

    private static void CsvOf(bool isFirst, IEnumerable<Exported> batch, Stream to)
    {
        using var csv = CsvWriter.Create(to, Rules, leaveOpen: true);
        if (isFirst) csv.WriteHeader([.. Columns.Select(c => c.Name), "idTag"]);
        foreach (var session in batch)
        {
            foreach (var (_, of) in Columns) csv.WriteField(of(session.Session) ?? "");
            csv.WriteField(session.IdTag is ['\n', ..] ? "'" + session.IdTag : session.IdTag); // no rule of CsvHelper's
            csv.EndRecord();
        }
    }

    private static string SampleOf(Action<bool, IEnumerable<Exported>, Stream> word)
    {
        using var buffer = new MemoryStream();
        word(true, [new Exported(ChargingSamples.Session, "VG0123456789ABCDEF01")], buffer);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string? Number(decimal? value) => value?.ToString(CultureInfo.InvariantCulture);

    /// <param name="IdTag">As the station told it, also where no token is known by it.</param>
    private readonly record struct Exported(SessionResource Session, string IdTag);
}
