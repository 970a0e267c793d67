using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Voltgate.Tests.House;

/// <summary>Words that say nothing.</summary>
internal static class NameRules
{
    private static readonly Regex Hollow = new(
        "(Manager|Helper|Util|Service|Impl|Base|Data|Info)s?$", RegexOptions.ExplicitCapture);

    /// <summary>
    /// Words of OCPP and of the API, which are not ours to choose: bootInfo, DataTransfer, meta_data.
    /// </summary>
    private static readonly string[] WireWords = ["BootInfo", "SendData", "MetaData"];

    private static readonly string[] Drawers =
        ["Utils", "Common", "Shared", "Helpers", "Services", "Interfaces", "Misc"];

    public static readonly HouseRule[] All =
    [
        new("No type is named Manager, Helper, Util, Service, Impl, Base, Data or Info",
            HouseRule.Each(t => t.Code.Where(f => !f.IsWirePage), HollowNames),
            HouseRule.Code("class SessionManager;")),
        new("No folder is a drawer",
            HouseRule.Each(t => t.Code, DrawerFolders),
            HouseRule.File("src/Voltgate.Server/Common/Thing.cs", "")),
        new("A test's name is a sentence",
            HouseRule.Each(t => t.Code.Where(f => f.Under("tests/")), CrypticTests),
            HouseRule.File("tests/Voltgate.Tests/Planted.cs", "class T { [Fact] public void TestOne() { } }")),
    ];

    private static IEnumerable<string> HollowNames(SourceFile file) =>
        from type in file.Nodes<BaseTypeDeclarationSyntax>()
        where Hollow.IsMatch(type.Identifier.Text) && !WireWords.Contains(type.Identifier.Text)
        select file.At(type, $"{type.Identifier} says nothing");

    private static IEnumerable<string> DrawerFolders(SourceFile file) =>
        from folder in file.Path.Split('/')[..^1]
        where Drawers.Contains(folder)
        select file.At(1, $"{folder} is a drawer, not a feature");

    private static IEnumerable<string> CrypticTests(SourceFile file) =>
        from method in file.Nodes<MethodDeclarationSyntax>()
        where method.AttributeLists.SelectMany(l => l.Attributes).Any(a => a.Name.ToString() is "Fact" or "Theory")
            && !method.Identifier.Text.Contains('_')
        select file.At(method, $"{method.Identifier} is not a sentence");
}
