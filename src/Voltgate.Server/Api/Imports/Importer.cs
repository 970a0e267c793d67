using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>Turns one checked row into a resource that is ready to be committed, or says what is wrong.</summary>
internal delegate Task<Outcome<ImportedRow>> PrepareRow(Call call, JsonObject fields);

/// <summary>
/// Imports: every row is made as a POST would make it, and the report tells of each. With <c>all_or_nothing=true</c>
/// one wrong row leaves everything as it was; with <c>dry_run=true</c> nothing is made at all.
/// </summary>
internal sealed class Importer(Committer committer, ServerOptions options)
{
    private const int AtOnce = 64;

    /// <summary>The query of every import.</summary>
    public static readonly Shape Switches = new(
        "ImportSwitches", Field.Flag("all_or_nothing", standard: false), Field.Flag("dry_run", standard: false));

    /// <param name="key">The field that no two rows may share; null where there is none.</param>
    public async Task<IResult> Run(Call call, Shape shape, string? key, PrepareRow prepare)
    {
        var request = call.Http.Request;
        if (request.ContentType?.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase) != true)
            return new Refusal(415, "unsupported_media_type", "Send the rows as CSV in UTF-8: Content-Type: text/csv.");
        var switches = call.Query();
        if (!switches.Holds) return switches.Refusal;
        if (call.Http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = options.Api.MaxImportBytes;
        var rows = await CsvTable.Read(request.Body, shape, options.Api.MaxImportRows, call.Cancel);
        if (!rows.Holds) return rows.Refusal;

        var report = await Task.WhenAll(Judged(call, rows.Value, key, prepare));
        var isWholeOnly = (bool)switches.Value["all_or_nothing"]!;
        if ((bool)switches.Value["dry_run"]! || isWholeOnly && Array.Exists(report, l => l.Errors is not null))
            return Told([.. report.Select(l => l with { Made = null })], "checked; nothing was made");
        if (isWholeOnly) return await CommitAll(call, report);

        var made = new List<ImportLine>(report.Length);
        foreach (var batch in report.Chunk(AtOnce)) made.AddRange(await Task.WhenAll(batch.Select(Commit)));
        if (made.Exists(l => l.Made is not null)) call.Audit.Kept();
        return Told(made, "read");
    }

    private static List<Task<ImportLine>> Judged(Call call, List<CsvRow> rows, string? key, PrepareRow prepare)
    {
        var (seen, gate) = (new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase), new SemaphoreSlim(AtOnce));
        return [.. rows.Select(Judge)];

        Task<ImportLine> Judge(CsvRow row)
        {
            if (row.Fields is not { } fields) return Task.FromResult(ImportLine.Wrong(row.Number, row.Errors));
            if (key is null || (string?)fields[key] is not { } value || seen.TryAdd(value, row.Number))
                return Prepared(row.Number, fields);
            return Task.FromResult(ImportLine.Wrong(
                row.Number, [new FieldError(key, $"Row {seen[value]} has the same.")]));
        }

        async Task<ImportLine> Prepared(int number, JsonObject fields)
        {
            await gate.WaitAsync(call.Cancel);
            try
            {
                var made = await prepare(call, fields);
                return made.Holds
                    ? new ImportLine(number) { Made = made.Value }
                    : ImportLine.Wrong(number, made.Refusal);
            }
            finally
            {
                gate.Release();
            }
        }
    }

    private async Task<ImportLine> Commit(ImportLine line) =>
        line.Made is null || await committer.Commit(line.Made.Unit) == CommitStatus.Done
            ? line
            : ImportLine.Wrong(line.Row, Taken);

    private async Task<IResult> CommitAll(Call call, IReadOnlyList<ImportLine> report)
    {
        if (report.Count == 0) return Told(report, "read");
        if (await committer.Commit([.. report.SelectMany(l => l.Made!.Unit)]) != CommitStatus.Done) return Taken;
        call.Audit.Kept();
        return Told(report, "read");
    }

    private static readonly Refusal Taken = Refusal.Conflict(
        "conflict", "Something with this key was made at the same moment; read the list and try again.");

    private static Success Told(IReadOnlyList<ImportLine> report, string what) => Success.Ok(
        $"{report.Count} rows {what}",
        Wire.Write(
            new ImportResource(
                report.Count, report.Count(l => l.Made is not null), report.Count(l => l.Errors is not null),
                [.. report.Select(l => l.ToResource())]),
            WireContext.Default.ImportResource));

    private sealed record ImportLine(int Row)
    {
        public ImportedRow? Made { get; init; }

        public IReadOnlyList<FieldError>? Errors { get; init; }

        public static ImportLine Wrong(int row, IReadOnlyList<FieldError> errors) => new(row) { Errors = errors };

        public static ImportLine Wrong(int row, Refusal refusal) => Wrong(
            row, refusal.Errors.Count > 0 ? refusal.Errors : [new FieldError("", refusal.Message)]);

        public ImportLineResource ToResource() => new(
            Row, Made?.Id, Made?.Endpoint, Made?.Password,
            Errors?.Select(e => new ImportErrorResource(e.Field, e.Message)).ToList());
    }
}
