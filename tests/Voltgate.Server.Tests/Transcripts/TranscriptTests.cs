namespace Voltgate.Server.Tests.Transcripts;

/// <summary>Every transcript in 1.6/, on both databases.</summary>
public sealed class TranscriptTests
{
    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var file in Directory.GetFiles(Folder, "*.txt").Order(StringComparer.Ordinal))
                foreach (var provider in new[] { On.Sqlite, On.Postgres })
                    all.Add(Path.GetFileNameWithoutExtension(file), provider);
            return all;
        }
    }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Transcripts", "1.6");

    [Theory, MemberData(nameof(All))]
    public async Task The_conversation_goes_as_written(string name, string provider)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Folder, name + ".txt"));
        await using var stage = await Stage.Set(provider);
        await new Transcript(stage).Play(text);
    }
}
