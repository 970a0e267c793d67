using System.Text.Json;
using CsvHelper;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Security;

/// <summary>O30: what a spreadsheet would run stands in an export as text.</summary>
public sealed class O30_CsvFormula
{
    private static readonly char[] Runs = ['=', '+', '-', '@', '\t', '\r', '\n'];

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task No_cell_of_an_export_begins_a_formula_and_no_text_leaves_its_cell(string provider)
    {
        await using var stage = await Stage.Set(provider);
        string[] tags = [.. HostileTexts.All.Select(t => t.Length > 20 ? t[..20] : t).Distinct()];
        foreach (var tag in tags)
            await stage.Station.Call("StartTransaction", $$"""
                {"connectorId":1,"idTag":{{JsonSerializer.Serialize(tag)}},"meterStart":1,
                 "timestamp":"2026-03-10T11:00:00Z"}
                """);

        using var file = new StringReader((await stage.Api.Get("/sessions.csv")).Body);
        using var csv = CsvReader.Create(file, new CsvReaderOptions(), leaveOpen: true);
        await csv.ReadHeaderAsync();
        var shown = new List<string>();
        while (await csv.ReadAsync())
        {
            string[] cells = [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];
            Assert.Equal(csv.Headers.Count, cells.Length);
            Assert.All(cells, c => Assert.False(c is [var first, ..] && Runs.Contains(first), c));
            shown.Add(cells[csv.GetFieldIndex("idTag")]);
        }

        // A guard stands before what needs one; the text itself is whole.
        Assert.Equal(tags.Order(StringComparer.Ordinal), shown.Select(Unguarded).Order(StringComparer.Ordinal));
        Assert.Contains("'=HYPERLINK(\"x\";1)", shown);

        string Unguarded(string cell) => cell.StartsWith('\'') && !tags.Contains(cell) ? cell[1..] : cell;
    }
}
