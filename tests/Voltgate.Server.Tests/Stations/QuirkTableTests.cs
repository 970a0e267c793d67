using System.Text.RegularExpressions;
using Voltgate.Server.Tests.Peers;

namespace Voltgate.Server.Tests.Stations;

/// <summary>docs/quirks.md says where each known deviation is shown: each number is there, and each proof.</summary>
public sealed partial class QuirkTableTests
{
    private const int Known = 53;

    private static string Transcripts => Path.Combine(AppContext.BaseDirectory, "Transcripts", "1.6");

    [Fact]
    public async Task Every_quirk_is_shown_by_a_transcript_or_a_test_that_there_is()
    {
        var rows = Row().Matches(await File.ReadAllTextAsync(Path.Combine(Script.Root, "docs", "quirks.md")));
        var tests = typeof(QuirkTableTests).Assembly.GetTypes().SelectMany(t => t.GetMethods()).Select(m => m.Name)
            .ToHashSet(StringComparer.Ordinal);

        Assert.Equal(Enumerable.Range(1, Known), rows.Select(r => int.Parse(r.Groups["number"].Value)));
        foreach (Match row in rows)
        {
            var proofs = Proof().Matches(row.Groups["proofs"].Value);
            Assert.True(proofs.Count > 0 || row.Groups["proofs"].Value.Contains("not spoken yet"), row.Value);
            foreach (Match proof in proofs)
                Assert.True(
                    proof.Groups["test"] is { Success: true } test
                        ? tests.Contains(test.Value)
                        : File.Exists(Path.Combine(Transcripts, proof.Value + ".txt")),
                    $"there is no {proof.Value}");
        }
    }

    [GeneratedRegex(@"^\| (?<number>\d+) \| [^|]+ \| (?<proofs>[^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    // A test's name between backticks, or a transcript's: no blank, and no bracket around it.
    [GeneratedRegex(@"`(?<test>\w+)`|(?<=^|, )(?:quirks/)?[\w-]+(?=,|$| \()")]
    private static partial Regex Proof();
}
