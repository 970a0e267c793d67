namespace Voltgate.Server.Conform;

/// <summary>One case of the certification: a script, whose first line tells its id and its title.</summary>
internal sealed record ConformCase(string Id, string Title, string Script)
{
    private const string Folder = "conform/";

    // A station of 2.1 plays the cases of 2.0.1 too.
    private static readonly Dictionary<string, string[]> Played = new()
    {
        ["1.6"] = ["1.6"], ["2.0.1"] = ["2.0.1"], ["2.1"] = ["2.0.1", "2.1"],
    };

    /// <summary>The versions that there are cases for.</summary>
    public static IReadOnlyList<string> Versions => [.. Played.Keys];

    /// <summary>
    /// Every case that a station of a version plays, by id. The numbers TC_… are those of the Open Charge Alliance.
    /// </summary>
    public static IReadOnlyList<ConformCase> All(string version) => [.. Played[version].SelectMany(Own)];

    /// <summary>The cases that came with a version.</summary>
    public static IReadOnlyList<ConformCase> Own(string version)
    {
        var assembly = typeof(ConformCase).Assembly;
        return
        [
            .. from name in assembly.GetManifestResourceNames()
               where name.StartsWith($"{Folder}{version}/", StringComparison.Ordinal)
               orderby name[..^".txt".Length]
               select Read(assembly.GetManifestResourceStream(name)!),
        ];
    }

    private static ConformCase Read(Stream stream)
    {
        using var reader = new StreamReader(stream);
        var script = reader.ReadToEnd().ReplaceLineEndings("\n");
        var head = script[2..script.IndexOf('\n', StringComparison.Ordinal)];
        var blank = head.IndexOf(' ', StringComparison.Ordinal);
        return new ConformCase(head[..blank], head[(blank + 1)..], script);
    }
}
