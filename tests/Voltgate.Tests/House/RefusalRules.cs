using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Voltgate.Tests.House;

/// <summary>What an integrator must be able to look up.</summary>
internal static class RefusalRules
{
    private const string Document = "docs/openapi.json";

    /// <summary>What makes a refusal, here and in the domain: its code is the first word given.</summary>
    private static readonly Regex Makers = new(@"(^|\.)(Refusal|OrderRefused|Conflict|Refuse)$");

    private static readonly Regex Code = new("^[a-z]+(_[a-z]+)*$");

    public static readonly HouseRule[] All =
    [
        new("Every code of a refusal stands in docs/openapi.json",
            Undocumented,
            HouseRule.Code("class C { object o = Refusal.Conflict(\"never_told\", \"No.\"); }"),
            HouseRule.Code("class C { object o = new Refusal(410, \"never_told\", \"No.\"); }"),
            HouseRule.Code("class C { Refusal r = new(429, \"never_told\", \"No.\"); }"),
            HouseRule.Code("class C { OrderRefused? M() => new(\"never_told\", \"No, not now.\"); }")),
    ];

    private static IEnumerable<string> Undocumented(SourceTree tree) =>
        from file in tree.Shipped
        where file.Under("src/")
        from call in file.Nodes<ArgumentListSyntax>()
        let code = CodeOf(call)
        where code is not null
        where tree.Find(Document)?.Text.Contains($"\"code\": \"{code}\"", StringComparison.Ordinal) is not true
        select file.At(call, $"{code}: give it a row in RefusalExamples.cs and its routes' Refusals");

    private static string? CodeOf(ArgumentListSyntax call)
    {
        var arguments = call.Arguments.Select(a => a.Expression).ToArray();
        var isMaker = call.Parent switch
        {
            ObjectCreationExpressionSyntax made => Makers.IsMatch(made.Type.ToString()),
            InvocationExpressionSyntax called => Makers.IsMatch(called.Expression.ToString()),
            ImplicitObjectCreationExpressionSyntax => IsStatusAndCode(arguments) || IsCodeAndSentence(arguments),
            _ => false,
        };
        return isMaker ? arguments.Take(2).Select(TextOf).FirstOrDefault(t => t is not null && Code.IsMatch(t)) : null;
    }

    private static bool IsStatusAndCode(ExpressionSyntax[] arguments) =>
        arguments is [LiteralExpressionSyntax { Token.Value: int }, LiteralExpressionSyntax, ..];

    // A field and what is wrong with it look alike; what the domain refuses has a message of a whole sentence.
    private static bool IsCodeAndSentence(ExpressionSyntax[] arguments) =>
        arguments is [LiteralExpressionSyntax, var sentence]
        && sentence.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.ReturnType.ToString().Contains("Refus") is true;

    private static string? TextOf(ExpressionSyntax expression) =>
        expression is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression)
            ? literal.Token.ValueText
            : null;
}
