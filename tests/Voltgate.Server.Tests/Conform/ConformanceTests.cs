using System.Text;
using Voltgate.Server.Conform;
using Voltgate.Server.Tests.Peers;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Conform;

/// <summary>
/// docs/conformance.md: every case is played over a real socket here, and the page says what came of it.
/// </summary>
public sealed class ConformanceTests
{
    private const string Head =
        """
        # Conformance: central system of OCPP 1.6, 2.0.1 and 2.1

        Every case of the certification of the Open Charge Alliance that a central system is asked, and what shows it;
        the titles are ours. A case with a script (in src/Voltgate.Server/Conform/Cases) is a conversation that is
        played over a real WebSocket against a real server, on SQLite and on PostgreSQL, in every run of the tests; the
        other ones are tests by name. This page is written by `ConformanceTests`, which fails where it is not what the
        run showed. It is no certificate: that is given by the Alliance's laboratories only.

        The same scripts look at a station of yours: `voltgate conform --version 2.0.1 --station <identity or URL>`
        (see `voltgate help conform`).

        """;

    /// <summary>Stations of 2.1 play the cases of 2.0.1 here, those of 2.0.1 for the page.</summary>
    public static TheoryData<string, string> All =>
        [.. from version in new[] { "1.6", "2.1" } from c in ConformCase.All(version) select (version, c.Id)];

    [Theory, MemberData(nameof(All))]
    public async Task A_case_goes_as_written_on_PostgreSQL(string version, string id) =>
        Assert.Null(await Play(ConformCase.All(version).Single(c => c.Id == id), version, On.Postgres));

    [Fact]
    public async Task The_page_says_what_the_cases_show()
    {
        var page = new StringBuilder(Head);
        var wrong = new List<string>();
        foreach (var list in Certification.All) await Write(list, page, wrong);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        var written = Path.Combine(AppContext.BaseDirectory, "conformance.md");
        await File.WriteAllTextAsync(written, page.ToString());
        Assert.True(
            await File.ReadAllTextAsync(Path.Combine(Script.Root, "docs", "conformance.md")) == page.ToString(),
            $"docs/conformance.md is not what the cases show: read and copy {written}");
    }

    private static async Task Write(Certification list, StringBuilder page, List<string> wrong)
    {
        var scripts = ConformCase.Own(list.Version).ToDictionary(c => c.Id, StringComparer.Ordinal);
        page.Append($"\n## OCPP {list.Version}\n\n{list.About}\n\n| case | | shown by | result |\n|---|---|---|---|\n");
        foreach (var id in list.Cases)
        {
            var label = list.Conditional.Contains(id) ? $"{id} (conditional)" : id;
            if (scripts.Remove(id, out var @case))
            {
                var fault = await Play(@case, list.Version, On.Sqlite);
                if (fault is not null) wrong.Add($"{id}: {fault}");
                page.Append(Row(label, @case.Title, $"`{id}.txt`", fault is null ? "passes" : "fails"));
            }
            else if (list.Tests.TryGetValue(id, out var shown))
            {
                wrong.AddRange(shown.Tests.Where(t => !TestNames.Contains(t)).Select(t => $"{id}: no test {t}"));
                page.Append(Row(label, shown.Title, string.Join(", ", shown.Tests.Select(t => $"`{t}`")), "passes"));
            }
            else
            {
                var why = list.NotApplicable.GetValueOrDefault(id);
                page.Append(Row(label, "", "", why is null ? "not shown yet" : $"not applicable: {why}"));
            }
        }

        wrong.AddRange(scripts.Keys.Select(k => $"{k}: there is a script, and no such case"));
    }

    private static readonly HashSet<string> TestNames =
        [.. typeof(ConformanceTests).Assembly.GetTypes().SelectMany(t => t.GetMethods()).Select(m => m.Name)];

    private static string Row(string id, string title, string proof, string result) =>
        $"| {id} | {title} | {proof} | {result} |\n";

    /// <summary>What is wrong; null: nothing.</summary>
    private static async Task<string?> Play(ConformCase @case, string version, string provider)
    {
        await using var stage = await Stage.Set(provider, version: version);
        // What the scripted station can do, and what it calls its transactions; one of people's own tells its own.
        (stage.Words["profiles"], stage.Words["tx"], stage.Words["tx2"]) = ("Core", "T-1", "T-2");
        try
        {
            await new Transcript(stage).Play(@case.Script);
            return null;
        }
        catch (Exception e) when (e is MismatchException or Xunit.Sdk.IAssertionException)
        {
            return e.Message;
        }
    }
}
