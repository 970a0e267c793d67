using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Voltgate.Tests.House;

/// <summary>How deep and how wide things may be.</summary>
internal static class ShapeRules
{
    private const int Deepest = 3;
    private const int MostDependencies = 5;

    public static readonly HouseRule[] All =
    [
        new("Statements nest at most 3 deep",
            HouseRule.Each(t => t.Code, DeepNests),
            HouseRule.Code("class C { void M() { if (a) foreach (var x in y) while (b) if (c) M(); } }")),
        new("A class is built of at most 5 dependencies",
            HouseRule.Each(t => t.Shipped, ManyDependencies),
            HouseRule.Code("class C(A a, B b, D d, E e, F f, G g);"),
            HouseRule.Code("class C { C(A a, B b, D d, E e, F f, G g) { } }")),
        new("An interface has two implementations",
            LonelyInterfaces,
            HouseRule.Code("interface IThing; class Thing : IThing;")),
    ];

    private static IEnumerable<string> DeepNests(SourceFile file) =>
        from statement in file.Nodes<StatementSyntax>()
        where Nests(statement) && DepthOf(statement) == Deepest + 1
        select file.At(statement, $"nested {Deepest + 1} deep, at most {Deepest}");

    private static int DepthOf(SyntaxNode statement) => statement.AncestorsAndSelf()
        .TakeWhile(n => n is not MemberDeclarationSyntax).Count(Nests);

    // "else if" goes on where its "if" began.
    private static bool Nests(SyntaxNode node) => node is IfStatementSyntax { Parent: not ElseClauseSyntax }
        or ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax
        or SwitchStatementSyntax or TryStatementSyntax;

    private static IEnumerable<string> ManyDependencies(SourceFile file)
    {
        var primary = file.Nodes<ClassDeclarationSyntax>()
            .Where(c => DependenciesOf(c.ParameterList) > MostDependencies)
            .Select(c => (Node: (SyntaxNode)c, c.Identifier));
        var written = file.Nodes<ConstructorDeclarationSyntax>()
            .Where(c => c.Parent is ClassDeclarationSyntax && DependenciesOf(c.ParameterList) > MostDependencies)
            .Select(c => (Node: (SyntaxNode)c, c.Identifier));
        return primary.Concat(written).Select(
            c => file.At(c.Node, $"{c.Identifier} takes more than {MostDependencies}"));
    }

    // Texts, numbers and flags are values, not parts that do something.
    private static int DependenciesOf(ParameterListSyntax? list) => list?.Parameters.Count(
        p => p.Type is not (PredefinedTypeSyntax or NullableTypeSyntax { ElementType: PredefinedTypeSyntax })) ?? 0;

    private static IEnumerable<string> LonelyInterfaces(SourceTree tree)
    {
        var bases = tree.Shipped.SelectMany(f => f.Nodes<TypeDeclarationSyntax>())
            .SelectMany(t => t.BaseList?.Types.AsEnumerable() ?? [])
            .Select(b => b.Type is GenericNameSyntax g ? g.Identifier.Text : b.Type.ToString()).ToArray();
        return from file in tree.Shipped
               from type in file.Nodes<InterfaceDeclarationSyntax>()
               let implementations = bases.Count(b => b == type.Identifier.Text)
               where implementations < 2
               select file.At(type, $"{type.Identifier} has {implementations} implementations");
    }
}
