using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Voltgate.Tests.House;

/// <summary>What comments may not hold.</summary>
internal static class TextRules
{
    private const string Later = "TO" + "DO";

    private static readonly Regex Postponed =
        new($@"\b({Later}|FIX{"ME"}|HA{"CK"}|XX{"X"})\b", RegexOptions.ExplicitCapture);

    // A statement, a declaration or a brace: what a compiler would read and a person would not write as a sentence.
    private static readonly Regex Disabled = new(
        @"^//\s*(\}|(var|return|if|for|foreach|while|await|using|public|private|internal)\b.*[;{]$"
        + @"|[\w.]+\(.*\);$|[\w.]+ = .*;$)",
        RegexOptions.ExplicitCapture);

    public static readonly HouseRule[] All =
    [
        new("Nothing is left for later in a comment",
            HouseRule.Each(t => t.Code, f => Comments(f, Postponed, "is for the issue tracker")),
            HouseRule.Code($"// {Later}: later")),
        new("No code is commented out",
            HouseRule.Each(t => t.Code, f => Comments(f, Disabled, "is code; delete it")),
            HouseRule.Code("class C { // var x = 1;\n}")),
        new("There is no #region",
            HouseRule.Each(t => t.Code, Regions), HouseRule.Code("#region Private\n#endregion\n")),
    ];

    private static IEnumerable<string> Comments(SourceFile file, Regex pattern, string wrong) =>
        from trivia in file.Syntax.DescendantTrivia()
        where trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)
        let text = trivia.ToString().Trim()
        where pattern.IsMatch(text)
        select file.At(trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1, $"\"{text}\" {wrong}");

    private static IEnumerable<string> Regions(SourceFile file) =>
        from trivia in file.Syntax.DescendantTrivia()
        where trivia.IsKind(SyntaxKind.RegionDirectiveTrivia)
        select file.At(
            trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1, "a file that needs folding is two files");
}
