namespace Voltgate.Server.Conform;

/// <summary>One case of the certification: a script, whose first line tells its id and its title.</summary>
internal sealed record ConformCase(string Id, string Title, string Script)
{
    private const string Folder = "conform/";

    /// <summary>The versions that there are cases for.</summary>
    public static readonly IReadOnlyList<string> Versions = ["1.6", "2.0.1", "2.1"];

    /// <summary>
    /// Every case of a version, by id. The numbers TC_… are those of the Open Charge Alliance. A station of 2.1 plays
    /// those of 2.0.1 too.
    /// </summary>
    public static IReadOnlyList<ConformCase> All(string version) =>
        version == "2.1" ? [.. Own("2.0.1"), .. Own("2.1")] : Own(version);

    /// <summary>The cases that came with a version.</summary>
    public static IReadOnlyList<ConformCase> Own(string version)
    {
        var assembly = typeof(ConformCase).Assembly;
        return
        [
            .. from name in assembly.GetManifestResourceNames()
               where name.StartsWith($"{Folder}{version}/", StringComparison.Ordinal)
               orderby name
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
