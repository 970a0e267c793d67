using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;

namespace Voltgate.Server.Api;

/// <summary>A row of a CSV body: checked fields, or what is wrong. Number: its line, the header being 1.</summary>
internal sealed record CsvRow(int Number, JsonObject? Fields, IReadOnlyList<FieldError> Errors);

/// <summary>
/// Reads a CSV body (RFC 4180, UTF-8) by the shape that JSON bodies of the resource have: the first line names fields.
/// </summary>
internal static class CsvTable
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private static readonly CsvReaderOptions Rules = new()
    {
        TrimWhitespace = true, TrackLineNumbers = true, MaxRecordSize = 1_048_576,
        MalformedData = CsvMalformedDataHandling.Throw,
    };

    public static async Task<Outcome<List<CsvRow>>> Read(
        Stream body, Shape shape, int mostRows, CancellationToken cancel)
    {
        try
        {
            using var text = new StreamReader(body, Strict);
            using var csv = CsvReader.Create(text, Rules, leaveOpen: true);
            await csv.ReadHeaderAsync(cancel);
            if (csv.Headers.Count == 0) return Refusal.Malformed("The body is empty; send a header line and rows.");
            var columns = Columns(csv.Headers, shape);
            if (!columns.Holds) return columns.Refusal;
            var rows = new List<CsvRow>();
            while (await csv.ReadAsync(cancel))
            {
                if (rows.Count == mostRows)
                    return new Refusal(413, "too_large", $"Send at most {mostRows} rows at once; split the file.");
                rows.Add(Row(csv, columns.Value, shape));
            }

            return rows;
        }
        catch (DecoderFallbackException)
        {
            return new Refusal(415, "unsupported_media_type", "Send the file in UTF-8.");
        }
        catch (CsvFormatException e)
        {
            return Refusal.Malformed($"The body is not valid CSV: look at the quotes in line {e.LineNumber}.");
        }
    }

    private static Outcome<List<CsvColumn>> Columns(IEnumerable<string> header, Shape shape)
    {
        var (columns, errors) = (new List<CsvColumn>(), new List<FieldError>());
        foreach (var name in header)
            if (CsvColumn.Parse(name, shape) is not { } column)
                errors.Add(new FieldError(name, "There is no such column; name fields as in the JSON body."));
            else if (columns.Exists(c => c.Name == name))
                errors.Add(new FieldError(name, "Give this column once."));
            else
                columns.Add(column);
        return errors.Count > 0 ? Refusal.Invalid(errors) : columns;
    }

    private static CsvRow Row(CsvReader csv, List<CsvColumn> columns, Shape shape)
    {
        var number = (int)csv.LineNumber;
        if (csv.FieldCount != columns.Count)
            return new CsvRow(number, null, [new FieldError(
                "", $"The header names {columns.Count} columns, this row has {csv.FieldCount}.")]);
        var made = new JsonObject();
        for (var i = 0; i < columns.Count; i++)
            if (!csv.IsEmpty(i)) columns[i].Put(made, csv.GetString(i));
        using var document = JsonDocument.Parse(made.ToJsonString());
        var errors = Hygiene.Of(document.RootElement);
        if (errors.Count > 0) return new CsvRow(number, null, errors);
        var reader = new ShapeReader(patch: false);
        var read = reader.Object(document.RootElement, shape, "");
        return reader.Errors.Count > 0 ? new CsvRow(number, null, reader.Errors) : new CsvRow(number, read, []);
    }
}
