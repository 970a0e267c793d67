using System.Globalization;
using CsvHelper;
using Voltgate.Domain.Sessions;
using Voltgate.Server.Resources;

namespace Voltgate.Server.Api;

/// <summary>All sessions that a filter finds as one file, streamed: /sessions.csv, /sessions.jsonl.</summary>
internal sealed class SessionExports(ListReader lists, SessionViews views, Storage.Committer committer)
{
    private static readonly HashSet<string> Nothing = [];

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

    public Task<IResult> Csv(Call call) => Export(call, "text/csv; charset=utf-8", "sessions.csv", CsvOf);

    public Task<IResult> JsonLines(Call call) =>
        Export(call, "application/jsonl; charset=utf-8", "sessions.jsonl", (_, batch, to) => LinesOf(call, batch, to));

    private Task<IResult> Export(
        Call call, string type, string name, Func<bool, List<Session>, Stream, Task> write)
    {
        var parsed = ListParser.Parse(call, call.Route.List!);
        return Task.FromResult<IResult>(parsed.Holds
            ? new Download(type, name, to => Write(call, parsed.Value, write, to))
            : parsed.Refusal);
    }

    private async Task Write(
        Call call, ListQuery query, Func<bool, List<Session>, Stream, Task> write, Stream to)
    {
        var isFirst = true;
        await foreach (var rows in lists.All(query, call.Cancel))
        {
            var batch = await views.Read(rows.Select(r => r.Body), call.Cancel);
            await committer.Settled;
            await write(isFirst, batch, to);
            isFirst = false;
        }

        if (isFirst) await write(true, [], to);
    }

    private async Task LinesOf(Call call, List<Session> batch, Stream to)
    {
        foreach (var session in batch)
        {
            await to.WriteAsync(System.Text.Encoding.ASCII.GetBytes(await views.Word(call, session, Nothing) + "\n"));
        }

        await to.FlushAsync(call.Cancel);
    }

    private static async Task CsvOf(bool isFirst, List<Session> batch, Stream to)
    {
        using var buffer = new MemoryStream();
        using (var csv = CsvWriter.Create(buffer, Rules, leaveOpen: true))
        {
            if (isFirst) csv.WriteHeader([.. Columns.Select(c => c.Name)]);
            foreach (var session in batch.Select(SessionResource.Of))
            {
                foreach (var (_, of) in Columns) csv.WriteField(of(session) ?? "");
                csv.EndRecord();
            }
        }

        buffer.Position = 0;
        await buffer.CopyToAsync(to);
        await to.FlushAsync();
    }

    private static string? Number(decimal? value) => value?.ToString(CultureInfo.InvariantCulture);

    private sealed class Download(string type, string name, Func<Stream, Task> write) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = type;
            httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
            return write(httpContext.Response.Body);
        }
    }
}
