namespace Voltgate.Tests.House;

/// <summary>The rules of ARCHITECTURE.md and CONTRIBUTING.md, held by the tree itself.</summary>
public sealed class HouseTests
{
    private static readonly HouseRule[] Rules =
    [
        .. SizeRules.All, .. ShapeRules.All, .. NameRules.All, .. TextRules.All, .. HabitRules.All,
        .. ReferenceRules.All, .. PackageRules.All, .. DocumentRules.All, .. RefusalRules.All,
    ];

    public static TheoryData<string> Names => [.. Rules.Select(r => r.Name)];

    [Theory, MemberData(nameof(Names))]
    public void The_house_keeps_its_rule(string name)
    {
        var offences = Rule(name).Offences(SourceTree.Repository).ToArray();

        Assert.True(offences.Length == 0, $"{name}. {offences.Length} offences:\n{string.Join('\n', offences)}");
    }

    [Theory, MemberData(nameof(Names))]
    public void A_planted_offender_is_seen(string name)
    {
        var rule = Rule(name);

        var seen = rule.Offences(new SourceTree(rule.Planted)).ToArray();

        Assert.NotEmpty(rule.Planted);
        Assert.True(seen.Length > 0, $"\"{name}\" does not see:\n{rule.Planted[0].Path}\n{rule.Planted[0].Text}");
    }

    [Fact]
    public void The_tree_is_found_and_is_this_one()
    {
        Assert.NotNull(SourceTree.Repository.Find("src/Voltgate.Domain/Money.cs"));
        Assert.True(SourceTree.Repository.Shipped.Count() > 50);
        Assert.DoesNotContain(SourceTree.Repository.Files, f => f.Path.Contains("/obj/", StringComparison.Ordinal));
    }

    private static HouseRule Rule(string name) => Rules.Single(r => r.Name == name);
}
