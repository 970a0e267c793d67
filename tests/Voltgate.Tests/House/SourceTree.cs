using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Voltgate.Tests.House;

/// <summary>A file of the repository; the path is relative to its root, with forward slashes.</summary>
internal sealed class SourceFile(string path, string text)
{
    private readonly Lazy<SyntaxNode> syntax = new(() => CSharpSyntaxTree.ParseText(text, path: path).GetRoot());

    public string Path { get; } = path;

    public string Text { get; } = text;

    public string[] Lines { get; } = text.TrimEnd('\n').Split('\n');

    public SyntaxNode Syntax => syntax.Value;

    public bool IsCode => Path.EndsWith(".cs", StringComparison.Ordinal);

    /// <summary>What is shipped, in contrast to tests and benches.</summary>
    public bool IsShipped => Under("src/") || Under("tools/");

    /// <summary>Pages of wire records, in the specification's order and words.</summary>
    public bool IsWirePage => Under("src/Voltgate.Ocpp/V16/") || Under("src/Voltgate.Ocpp/V2/");

    public bool Under(string folder) => Path.StartsWith(folder, StringComparison.Ordinal);

    public IEnumerable<T> Nodes<T>()
        where T : SyntaxNode => Syntax.DescendantNodes().OfType<T>();

    /// <summary>"path:line: what is wrong".</summary>
    public string At(SyntaxNode node, string wrong) => At(LineOf(node.SpanStart), wrong);

    public string At(int line, string wrong) => $"{Path}:{line}: {wrong}";

    public static int LengthOf(SyntaxNode node)
    {
        var span = node.SyntaxTree.GetLineSpan(node.Span);
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private int LineOf(int position) => Syntax.SyntaxTree.GetText().Lines.GetLinePosition(position).Line + 1;
}

/// <summary>The repository as its rules see it.</summary>
internal sealed class SourceTree(IReadOnlyList<SourceFile> files)
{
    /// <summary>Papers show them; they have no text.</summary>
    private const string Picture = ".png";

    private static readonly string[] Kinds = [".cs", ".csproj", ".props", ".md", ".json", ".slnx", Picture];
    private static readonly string[] NotOurs =
        ["bin", "obj", "node_modules", ".git", "TestResults", "data", "wwwroot", "dist"];

    private static readonly Lazy<SourceTree> Loaded = new(Load);

    /// <summary>This repository, read once.</summary>
    public static SourceTree Repository => Loaded.Value;

    public IReadOnlyList<SourceFile> Files { get; } = files;

    public IEnumerable<SourceFile> Code => Files.Where(f => f.IsCode);

    public IEnumerable<SourceFile> Shipped => Code.Where(f => f.IsShipped);

    public IEnumerable<SourceFile> Ending(string end) =>
        Files.Where(f => f.Path.EndsWith(end, StringComparison.Ordinal));

    public SourceFile? Find(string path) => Files.FirstOrDefault(f => f.Path == path);

    private static SourceTree Load()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Voltgate.slnx")))
            root = root.Parent ?? throw new InvalidOperationException("No Voltgate.slnx above the tests.");
        return new SourceTree([.. Below(root.FullName)
            .Select(p =>
                new SourceFile(Path.GetRelativePath(root.FullName, p).Replace('\\', '/'), TextOf(p)))]);
    }

    private static string TextOf(string path) => path.EndsWith(Picture, StringComparison.Ordinal)
        ? ""
        : File.ReadAllText(path);

    private static IEnumerable<string> Below(string folder) =>
        Directory.EnumerateFiles(folder).Where(f => Kinds.Contains(Path.GetExtension(f)))
            .Concat(Directory.EnumerateDirectories(folder)
                .Where(d => !NotOurs.Contains(Path.GetFileName(d))).SelectMany(Below));
}
