using System.Text.RegularExpressions;

namespace Voltgate.Tests.House;

/// <summary>What the papers must hold.</summary>
internal static class DocumentRules
{
    private static readonly string[] Chapters = ["## Context", "## Decision", "## Drawbacks"];
    private static readonly string[] Papers =
    [
        "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md",
        "docs/glossary.md", "docs/operations.md", "docs/dependencies.md",
    ];

    private const int MostSteps = 6;

    public static readonly HouseRule[] All =
    [
        new("Every decision tells its context and its drawbacks",
            HouseRule.Each(t => t.Files.Where(f => f.Under("docs/adr/")), HalfDecisions),
            HouseRule.File("docs/adr/0001-x.md", "# 1\n## Context\nSo.\n## Decision\nThis.\n## Drawbacks\n\n")),
        new("Decisions are numbered without gap",
            MissingNumbers, HouseRule.File("docs/adr/0002-x.md", "")),
        new("Every paper is there",
            t => Papers.Where(p => t.Find(p) is null).Select(p => $"{p}: is missing"), HouseRule.File("README.md", "")),
        new("Every link inside the papers leads somewhere",
            DeadLinks, HouseRule.File("README.md", "[house](docs/nowhere.md)")),
        new("A recipe has at most six steps",
            HouseRule.Each(t => t.Files.Where(f => f.Path is "CONTRIBUTING.md"), LongRecipes),
            HouseRule.File("CONTRIBUTING.md", "1. a\n2. b\n3. c\n4. d\n5. e\n6. f\n7. g\n")),
    ];

    private static IEnumerable<string> HalfDecisions(SourceFile file) =>
        from chapter in Chapters
        where !Regex.IsMatch(file.Text, $"(?m)^{chapter}\\n+[^#\\s]")
        select file.At(1, $"\"{chapter}\" is missing or empty");

    private static IEnumerable<string> MissingNumbers(SourceTree tree)
    {
        var numbers =
            tree.Files.Where(f => f.Under("docs/adr/")).Select(
                f => f.Path["docs/adr/".Length..][..4]).Order().ToArray();
        return Enumerable.Range(1, numbers.Length).Select(n => n.ToString("0000"))
            .Except(numbers).Select(n => $"docs/adr/{n}-….md: is missing");
    }

    private static IEnumerable<string> DeadLinks(SourceTree tree) =>
        from paper in tree.Ending(".md")
        from line in paper.Lines.Index()
        from link in Regex.Matches(line.Item, @"\]\(([^)#:]+)(#[^)]*)?\)")
        let folder = paper.Path.Contains('/') ? paper.Path[..(paper.Path.LastIndexOf('/') + 1)] : ""
        let target = new Uri(new Uri("file:///" + folder), link.Groups[1].Value).AbsolutePath[1..]
        where !tree.Files.Any(f => f.Path == target || f.Under(target.TrimEnd('/') + "/"))
        where target is not ("LICENSE" or "run" or "test" or ".ci/run")
        select paper.At(line.Index + 1, $"{link.Groups[1].Value} is not there");

    private static IEnumerable<string> LongRecipes(SourceFile file) =>
        file.Lines.Index().Where(l => Regex.Match(l.Item, @"^(\d+)\. ") is { Success: true } step
                && int.Parse(step.Groups[1].Value) > MostSteps)
            .Select(l => file.At(l.Index + 1, $"more than {MostSteps} steps"));
}
