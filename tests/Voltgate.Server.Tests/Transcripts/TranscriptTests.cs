namespace Voltgate.Server.Tests.Transcripts;

/// <summary>Every transcript in 1.6/, on both databases. Those in quirks/ begin with the quirk's number.</summary>
public sealed class TranscriptTests
{
    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            var files = Directory.GetFiles(Folder, "*.txt", SearchOption.AllDirectories);
            foreach (var file in files.Order(StringComparer.Ordinal))
                foreach (var provider in new[] { On.Sqlite, On.Postgres })
                    all.Add(Path.GetRelativePath(Folder, file)[..^".txt".Length], provider);
            return all;
        }
    }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Transcripts", "1.6");

    [Theory, MemberData(nameof(All))]
    public async Task The_conversation_goes_as_written(string name, string provider)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Folder, name + ".txt"));
        await using var stage = await Stage.Set(provider, configure: o => o with
        {
            Ocpp = o.Ocpp with { QuirksFile = Path.Combine(Folder, "quirks", "profiles.json") },
        });
        await new Transcript(stage).Play(text);
    }
}
