namespace Voltgate.Server.Tests.Transcripts;

/// <summary>
/// Every transcript in 1.6/ and 2.1/, on both databases, and every one in 2.0.1/ by a station of 2.0.1 and one of 2.1.
/// Those in quirks/ begin with the quirk's number.
/// </summary>
public sealed class TranscriptTests
{
    private static readonly (string Folder, string Version)[] Played =
        [("1.6", "1.6"), ("2.0.1", "2.0.1"), ("2.0.1", "2.1"), ("2.1", "2.1")];

    public static TheoryData<string, string, string> All
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            foreach (var (folder, version) in Played)
                foreach (var file in In(folder))
                    foreach (var provider in new[] { On.Sqlite, On.Postgres })
                        all.Add(Path.GetRelativePath(Root, file)[..^".txt".Length], provider, version);
            return all;
        }
    }

    private static IEnumerable<string> In(string folder) =>
        Directory.GetFiles(Path.Combine(Root, folder), "*.txt", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal);

    private static string Root => Path.Combine(AppContext.BaseDirectory, "Transcripts");

    [Theory, MemberData(nameof(All))]
    public async Task The_conversation_goes_as_written(string name, string provider, string version)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Root, name + ".txt"));
        var quirks = Path.Combine(Root, "1.6", "quirks", "profiles.json");
        await using var stage = await Stage.Set(
            provider, configure: o => o with { Ocpp = o.Ocpp with { QuirksFile = quirks } }, version: version);
        await new Transcript(stage).Play(text);
    }
}
