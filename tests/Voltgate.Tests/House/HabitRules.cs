using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Voltgate.Tests.House;

/// <summary>What code may not do, beyond what the analysers and BannedSymbols.txt refuse.</summary>
internal static class HabitRules
{
    /// <summary>
    /// Where anything may go wrong and must be turned into an answer: request, socket, actor, worker loop.
    /// </summary>
    private static readonly string[] Edges =
    [
        "src/Voltgate.Server/Hosting/Readiness.cs",
        "src/Voltgate.Server/Storage/Committer.cs",
        "src/Voltgate.Server/Stations/StationActor.cs",
        "src/Voltgate.Server/Stations/StationClock.cs",
        "src/Voltgate.Server/Webhooks/Dispatcher.cs",
        "src/Voltgate.Ocpp/Rpc/RpcConnection.cs",
    ];

    private static readonly Regex VersionWord = new(
        @"(^|\.)(ocpp)?(version|protocol|subprotocol|dialect)$",
            RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture);
    private static readonly Regex VersionValue = new(
        "\"ocpp|\\bV16\\b|\\bV2\\d*\\b|\"1\\.6|\"2\\.[01]", RegexOptions.ExplicitCapture);

    public static readonly HouseRule[] All =
    [
        new("Every exception is caught at an edge only",
            HouseRule.Each(t => t.Shipped.Where(f => !Edges.Contains(f.Path)), CatchesAll),
            HouseRule.Code("class C { void M() { try { } catch (Exception e) { } } }"),
            HouseRule.Code("class C { void M() { try { } catch { } } }")),
        new("A listed edge does catch every exception",
            EdgesThatAreNone, HouseRule.File(Edges[0], "class C;")),
        new("No branch asks for the OCPP version outside the dialect tables",
            HouseRule.Each(t => t.Shipped, AsksVersion),
            HouseRule.Code("class C { void M() { if (link.Version == \"ocpp1.6\") { } } }")),
        new("No static can change",
            HouseRule.Each(t => t.Shipped, MutableStatics), HouseRule.Code("class C { static int count; }"),
            HouseRule.Code("class C { static int Count { get; set; } }")),
        new("No method is async void",
            HouseRule.Each(t => t.Code, AsyncVoids), HouseRule.Code("class C { async void M() { } }")),
        new("The domain has no task, clock, chance or file",
            HouseRule.Each(t => t.Code.Where(f => f.Under("src/Voltgate.Domain/")), Impurities),
            HouseRule.File("src/Voltgate.Domain/Planted.cs", "class C(TimeProvider clock);")),
        new("The domain and its wire count energy and money in integers",
            HouseRule.Each(t => t.Code.Where(f => f.Under("src/Voltgate.Domain/")), Floats),
            HouseRule.File("src/Voltgate.Domain/Planted.cs", "record R(double Cost);")),
    ];

    private static bool IsCatchAll(CatchClauseSyntax clause) =>
        clause.Declaration?.Type.ToString() is null or "Exception" or "System.Exception";

    // What cleans up and goes on throwing, or says which exceptions it means, does not swallow the others.
    private static bool LetsGo(CatchClauseSyntax clause) =>
        clause.Filter is not null || clause.Block.Statements.LastOrDefault() is ThrowStatementSyntax;

    private static IEnumerable<string> CatchesAll(SourceFile file) =>
        file.Nodes<CatchClauseSyntax>().Where(c => IsCatchAll(c) && !LetsGo(c))
            .Select(c => file.At(c, "catches everything away from the edges"));

    private static IEnumerable<string> EdgesThatAreNone(SourceTree tree) =>
        from file in tree.Code
        where Edges.Contains(file.Path) && !file.Nodes<CatchClauseSyntax>().Any(IsCatchAll)
        select file.At(1, "is listed as an edge in HabitRules.cs, and is none");

    private static IEnumerable<string> AsksVersion(SourceFile file) =>
        from test in file.Nodes<BinaryExpressionSyntax>()
        where test.IsKind(SyntaxKind.EqualsExpression) || test.IsKind(SyntaxKind.NotEqualsExpression)
        where VersionWord.IsMatch(test.Left.ToString()) && VersionValue.IsMatch(test.Right.ToString())
        select file.At(test, $"{test}: ask the dialect's table");

    private static IEnumerable<string> MutableStatics(SourceFile file) =>
        file.Nodes<FieldDeclarationSyntax>()
            .Where(f => Has(f, SyntaxKind.StaticKeyword) && !Has(f, SyntaxKind.ReadOnlyKeyword))
            .Select(f => file.At(f, "a static field that can change"))
            .Concat(file.Nodes<PropertyDeclarationSyntax>()
                .Where(p => Has(p, SyntaxKind.StaticKeyword)
                    && p.AccessorList?.Accessors.Any(a => a.IsKind(SyntaxKind.SetAccessorDeclaration)) == true)
                .Select(p => file.At(p, "a static property that can change")));

    private static IEnumerable<string> AsyncVoids(SourceFile file) =>
        file.Nodes<MethodDeclarationSyntax>()
            .Where(m => Has(m, SyntaxKind.AsyncKeyword) && m.ReturnType.ToString() is "void")
            .Select(m => file.At(m, $"{m.Identifier} is async void"));

    private static IEnumerable<string> Impurities(SourceFile file) =>
        file.Nodes<IdentifierNameSyntax>()
            .Where(i =>
                i.Identifier.Text is "Task" or "ValueTask" or "TimeProvider" or "Random" or "RandomNumberGenerator"
                or "File" or "HttpClient" or "UtcNow" or "Environment" or "Console")
            .Select(i => file.At(i, $"{i.Identifier} belongs in the shell"));

    private static IEnumerable<string> Floats(SourceFile file) =>
        file.Nodes<PredefinedTypeSyntax>()
            .Where(t => t.Keyword.IsKind(SyntaxKind.DoubleKeyword) || t.Keyword.IsKind(SyntaxKind.FloatKeyword))
            .Select(t => file.At(t, $"{t.Keyword} cannot hold a cent"));

    private static bool Has(MemberDeclarationSyntax member, SyntaxKind modifier) => member.Modifiers.Any(modifier);
}
