namespace Voltgate.Tests.House;

/// <summary>A rule of the house: which files break it, and an offender that proves that it can see one.</summary>
/// <param name="Name">A sentence, completed by "The house: ".</param>
internal sealed record HouseRule(
    string Name, Func<SourceTree, IEnumerable<string>> Offences, params SourceFile[] Planted)
{
    /// <summary>An offender somewhere in the server.</summary>
    public static SourceFile Code(string text) => new("src/Voltgate.Server/Planted.cs", text);

    public static SourceFile File(string path, string text) => new(path, text);

    /// <summary>A rule that looks at one file at a time.</summary>
    public static Func<SourceTree, IEnumerable<string>> Each(
        Func<SourceTree, IEnumerable<SourceFile>> files, Func<SourceFile, IEnumerable<string>> offences) =>
        tree => files(tree).SelectMany(offences);

    public override string ToString() => Name;
}
