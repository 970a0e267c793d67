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
        # Conformance: OCPP 1.6, central system

        Every central-system case of the certification of the Open Charge Alliance (test case document, revision
        2025-09; 77 ids; the titles are ours), and what shows it. A case with a script
        (in src/Voltgate.Server/Conform/Cases/1.6) is a conversation that is played over a real
        WebSocket against a real server, on SQLite and on PostgreSQL, in every run of the tests; the other ones are
        tests by name. This page is written by `ConformanceTests`, which fails where it is not what the run showed. It
        is no certificate: that is given by the Alliance's laboratories only.

        The same scripts look at a station of yours: `voltgate conform --version 1.6 --station <identity or URL>`
        (see `voltgate help conform`).

        | case | | shown by | result |
        |---|---|---|---|

        """;

    public static TheoryData<string> All => [.. ConformCase.All("1.6").Select(c => c.Id)];

    [Theory, MemberData(nameof(All))]
    public async Task A_case_goes_as_written_on_PostgreSQL(string id) =>
        Assert.Null(await Play(ConformCase.All("1.6").Single(c => c.Id == id), On.Postgres));

    [Fact]
    public async Task The_page_says_what_the_cases_show()
    {
        var scripts = ConformCase.All("1.6").ToDictionary(c => c.Id, StringComparer.Ordinal);
        var tests = typeof(ConformanceTests).Assembly.GetTypes().SelectMany(t => t.GetMethods()).Select(m => m.Name)
            .ToHashSet(StringComparer.Ordinal);
        var page = new StringBuilder(Head);
        var wrong = new List<string>();
        foreach (var id in Certification.Cases.Select(Certification.IdOf))
        {
            var isShown = Certification.Tests.TryGetValue(id["TC_".Length..^"_CSMS".Length], out var shown);
            if (isShown) wrong.AddRange(shown.Tests.Where(t => !tests.Contains(t)).Select(t => $"{id}: no test {t}"));
            if (scripts.Remove(id, out var @case))
            {
                var fault = await Play(@case, On.Sqlite);
                if (fault is not null) wrong.Add($"{id}: {fault}");
                page.Append(Row(
                    id, @case.Title, $"`{id}.txt`",
                    fault is null ? "passes" : "fails"));
            }
            else if (isShown)
            {
                page.Append(Row(id, shown.Title, string.Join(", ", shown.Tests.Select(t => $"`{t}`")), "passes"));
            }
            else
            {
                page.Append(Row(id, "", "", "not shown yet"));
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Empty(scripts.Keys); // each script is of a case that there is
        var written = Path.Combine(AppContext.BaseDirectory, "conformance.md");
        await File.WriteAllTextAsync(written, page.ToString());
        Assert.True(
            await File.ReadAllTextAsync(Path.Combine(Script.Root, "docs", "conformance.md")) == page.ToString(),
            $"docs/conformance.md is not what the cases show: read and copy {written}");
    }

    private static string Row(string id, string title, string proof, string result) =>
        $"| {id} | {title} | {proof} | {result} |\n";

    /// <summary>What is wrong; null: nothing.</summary>
    private static async Task<string?> Play(ConformCase @case, string provider)
    {
        await using var stage = await Stage.Set(provider);
        stage.Words["profiles"] = "Core"; // what the scripted station can do; one of people's own tells its own
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
