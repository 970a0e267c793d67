using System.Text.RegularExpressions;

namespace Voltgate.Tests.House;

/// <summary>What others made and this project stands on.</summary>
internal static class PackageRules
{
    private const string Pins = "Directory.Packages.props";
    private const string Peers = "tests/peers/package.json";
    private const string Pages = "dashboard/package.json";
    private const string Listing = "docs/dependencies.md";

    public static readonly HouseRule[] All =
    [
        new("Every package is pinned to one exact version",
            HouseRule.Each(t => t.Files.Where(f => f.Path is Pins or Peers or Pages), LoosePins),
            HouseRule.File(Pins, "<PackageVersion Include=\"Dapper\" Version=\"2.*\" />"),
            HouseRule.File(Peers, "{ \"dependencies\": { \"request\": \"^2.88.2\" } }")),
        new("No project pins a package by itself",
            HouseRule.Each(t => t.Ending(".csproj"), OwnPins),
            HouseRule.File("src/X/X.csproj", "<PackageReference Include=\"Dapper\" Version=\"2.1.86\" />")),
        new("Every package is used",
            UnusedPins, HouseRule.File(Pins, "<PackageVersion Include=\"Dapper\" Version=\"2.1.86\" />")),
        new("Every package has its name, licence and reason in docs/dependencies.md",
            Unlisted, HouseRule.File(Pins, "<PackageVersion Include=\"Dapper\" Version=\"2.1.86\" />")),
        new("Every project has its lock file",
            Unlocked, HouseRule.File("src/X/X.csproj", "")),
    ];

    private static IEnumerable<(string Name, string Version)> PinsOf(SourceFile file)
    {
        var pattern = file.Path == Pins
            ? "PackageVersion Include=\"([^\"]+)\" Version=\"([^\"]*)\""
            : "(?s)(?<=\"(?:devD|d)ependencies\":.*)\"([^\"]+)\":\\s*\"([^\"]*)\"";
        return Regex.Matches(file.Text, pattern).Select(m => (m.Groups[1].Value, m.Groups[2].Value));
    }

    private static IEnumerable<string> LoosePins(SourceFile file) =>
        from pin in PinsOf(file)
        where !Regex.IsMatch(pin.Version, @"^\d+(\.\d+){1,3}$")
        select file.At(1, $"{pin.Name} {pin.Version}: write one exact version");

    private static IEnumerable<string> OwnPins(SourceFile file) =>
        from pin in Regex.Matches(file.Text, "PackageReference[^>]*Version(Override)?=")
        select file.At(1, $"{pin.Value}…: versions stand in {Pins}");

    private static IEnumerable<string> UnusedPins(SourceTree tree)
    {
        if (tree.Find(Pins) is not { } pins) return [];
        var users =
            string.Concat(tree.Ending(".csproj").Append(tree.Find("Directory.Build.props")).Select(f => f?.Text));
        return from pin in PinsOf(pins)
               where !users.Contains($"PackageReference Include=\"{pin.Name}\"", StringComparison.Ordinal)
               select pins.At(1, $"{pin.Name} is used by no project");
    }

    private static IEnumerable<string> Unlisted(SourceTree tree)
    {
        var listed = tree.Find(Listing)?.Lines ?? [];
        return from file in tree.Files
               where file.Path is Pins or Peers or Pages
               from pin in PinsOf(file)
               where !listed.Any(l => l.Split('|') is [_, var name, var version, var licence, var reason, _]
                   && name.Trim() == pin.Name && version.Trim() == pin.Version
                   && licence.Trim().Length > 0 && reason.Trim().Length > 0)
               select $"{Listing}: no row | {pin.Name} | {pin.Version} | licence | reason |";
    }

    private static IEnumerable<string> Unlocked(SourceTree tree) =>
        from project in tree.Ending(".csproj")
        let lockFile = project.Path[..(project.Path.LastIndexOf('/') + 1)] + "packages.lock.json"
        where tree.Find(lockFile) is null
        select project.At(1, $"{lockFile} is missing");
}
