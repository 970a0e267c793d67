using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Voltgate.Tests.House;

/// <summary>How long things may be.</summary>
internal static class SizeRules
{
    private const int LineWidth = 120;
    private const int FileLimit = 400;
    private const int WirePageLimit = 600;
    private const int FileAim = 200;
    private const int TypeLimit = 250;
    private const int MethodLimit = 60;
    private const int MethodAim = 30;
    private const double Most = 0.9;

    public static readonly HouseRule[] All =
    [
        new("No file is longer than 400 lines, no wire page than 600",
            HouseRule.Each(t => t.Code, LongFile), HouseRule.Code(Repeat("// line\n", FileLimit + 1))),
        new("Nine of ten shipped files are under 200 lines", MostFilesAreShort,
            HouseRule.Code(Repeat("// line\n", FileAim))),
        new("No type is longer than 250 lines",
            HouseRule.Each(t => t.Shipped, LongTypes),
            HouseRule.Code($"class C\n{{\n{Repeat("    int x;\n", TypeLimit)}}}\n")),
        new("No method is longer than 60 lines",
            HouseRule.Each(t => t.Code, LongMethods), HouseRule.Code(MethodOf(MethodLimit + 1))),
        new("Nine of ten methods are under 30 lines", MostMethodsAreShort, HouseRule.Code(MethodOf(MethodAim))),
        new("No line is longer than 120 columns",
            HouseRule.Each(t => t.Code, LongLines), HouseRule.Code(new string('/', LineWidth + 1))),
    ];

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static string MethodOf(int lines) =>
        $"class C\n{{\n    void M()\n    {{\n{Repeat("        M();\n", lines - 3)}    }}\n}}\n";

    private static IEnumerable<string> LongFile(SourceFile file)
    {
        var limit = file.IsWirePage ? WirePageLimit : FileLimit;
        if (file.Lines.Length > limit) yield return file.At(limit, $"{file.Lines.Length} lines, at most {limit}");
    }

    private static IEnumerable<string> MostFilesAreShort(SourceTree tree)
    {
        var files = tree.Shipped.Where(f => !f.IsWirePage).ToArray();
        var longer = files.Where(f => f.Lines.Length >= FileAim).ToArray();
        return longer.Length > (1 - Most) * files.Length
            ? longer.Select(
                f => f.At(FileAim, $"{f.Lines.Length} lines; {longer.Length} of {files.Length} files are so long"))
            : [];
    }

    private static IEnumerable<string> LongTypes(SourceFile file) =>
        from type in file.Nodes<TypeDeclarationSyntax>()
        let length = SourceFile.LengthOf(type)
        where length > TypeLimit
        select file.At(type, $"{type.Identifier} has {length} lines, at most {TypeLimit}");

    private static IEnumerable<string> LongMethods(SourceFile file) =>
        from method in Methods(file)
        let length = SourceFile.LengthOf(method)
        where length > MethodLimit
        select file.At(method, $"{NameOf(method)} has {length} lines, at most {MethodLimit}");

    private static IEnumerable<string> MostMethodsAreShort(SourceTree tree)
    {
        var methods = tree.Shipped.SelectMany(f => Methods(f).Select(m => (File: f, Method: m))).ToArray();
        var longer = methods.Where(m => SourceFile.LengthOf(m.Method) >= MethodAim).ToArray();
        return longer.Length > (1 - Most) * methods.Length
            ? longer.Select(m => m.File.At(m.Method, $"{NameOf(m.Method)}: {SourceFile.LengthOf(m.Method)} lines"))
            : [];
    }

    private static IEnumerable<string> LongLines(SourceFile file) =>
        file.Lines.Index().Where(l => l.Item.Length > LineWidth)
            .Select(l => file.At(l.Index + 1, $"{l.Item.Length} columns, at most {LineWidth}"));

    private static IEnumerable<SyntaxNode> Methods(SourceFile file) => file.Syntax.DescendantNodes()
        .Where(n => n is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax);

    private static string NameOf(SyntaxNode method) => method switch
    {
        MethodDeclarationSyntax m => m.Identifier.Text,
        LocalFunctionStatementSyntax l => l.Identifier.Text,
        ConstructorDeclarationSyntax c => c.Identifier.Text + " (constructor)",
        _ => "accessor or operator",
    };
}
