using Voltgate.Server.Conform;
using Voltgate.Server.Tests.Peers;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Conform;

/// <summary>
/// docs/conformance.md: every case is played over a real socket here, and the page says what came of it.
/// </summary>
public sealed class ConformanceTests
{
    /// <summary>Every third case, so that a change need not wait for all of them; .ci/nightly plays all.</summary>
    private static readonly int Step =
        Environment.GetEnvironmentVariable("VOLTGATE_EVERY_CASE") is { Length: > 0 } ? 1 : 3;

    /// <summary>Stations of 2.1 play the cases of 2.0.1 here, those of 2.0.1 for the page.</summary>
    public static TheoryData<string, string> Some =>
    [
        .. from version in new[] { "1.6", "2.1" }
           from c in ConformCase.All(version).Index()
           where c.Index % Step == 0
           select (version, c.Item.Id),
    ];

    [Theory, MemberData(nameof(Some))]
    public async Task A_case_goes_as_written_on_PostgreSQL(string version, string id) =>
        Assert.Null(await Play(ConformCase.All(version).Single(c => c.Id == id), version, On.Postgres));

    [Fact]
    public async Task The_page_says_what_the_cases_show()
    {
        var page = new ConformancePage((@case, version) => Play(@case, version, On.Sqlite));
        foreach (var list in Certification.All) await page.Write(list);
        Assert.True(page.Wrong.Count == 0, string.Join('\n', page.Wrong));
        var written = Path.Combine(AppContext.BaseDirectory, "conformance.md");
        await File.WriteAllTextAsync(written, page.ToString());
        Assert.True(
            await File.ReadAllTextAsync(Path.Combine(Script.Root, "docs", "conformance.md")) == page.ToString(),
            $"docs/conformance.md is not what the cases show: read and copy {written}");
    }

    /// <summary>What the scripted station says of itself; one of people's own tells its own.</summary>
    private static readonly Dictionary<string, string> Own = new()
    {
        ["profiles"] = "Core", ["tx"] = "tx-1", ["tx2"] = "tx-2", ["threshold"] = "60", ["remote"] = "false",
        ["power"] = "22000",
    };

    /// <summary>What is wrong; null: nothing.</summary>
    private static async Task<string?> Play(ConformCase @case, string version, string provider)
    {
        await using var stage = await Stage.Set(provider, version: version);
        foreach (var (word, value) in Own) stage.Words[word] = value;
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
