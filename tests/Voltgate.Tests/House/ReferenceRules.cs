using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Voltgate.Tests.House;

/// <summary>Who may know whom: the arrows of ARCHITECTURE.md.</summary>
internal static class ReferenceRules
{
    private static readonly Dictionary<string, string[]> Projects = new()
    {
        ["Voltgate.Domain"] = [],
        ["Voltgate.Ocpp"] = ["Voltgate.Domain"],
        ["Voltgate.Simulator"] = ["Voltgate.Ocpp"],
        ["Voltgate.Server"] = ["Voltgate.Domain", "Voltgate.Ocpp", "Voltgate.Simulator"],
    };

    private static readonly string[] WithoutPackages = ["Voltgate.Domain", "Voltgate.Ocpp"];

    /// <summary>The rooms of the server, and the rooms that each may use.</summary>
    private static readonly Dictionary<string, string[]> Rooms = new()
    {
        ["Storage"] = [],
        ["Resources"] = ["Storage"],
        ["Stations"] = ["Resources", "Storage"],
        ["Mail"] = ["Storage"],
        ["Webhooks"] = ["Mail", "Resources", "Storage"],
        ["Api"] = ["Mail", "Resources", "Stations", "Storage", "Webhooks"],
        ["Hosting"] = ["Api", "Mail", "Resources", "Stations", "Storage", "Webhooks"],
        ["Demo"] = ["Hosting"],
        ["Conform"] = [],
        ["Cli"] = ["Conform", "Demo", "Hosting", "Storage"],
    };

    private const string Server = "src/Voltgate.Server/";

    public static readonly HouseRule[] All =
    [
        new("A project refers only downward",
            HouseRule.Each(t => t.Ending(".csproj").Where(f => f.IsShipped), UpwardProjects),
            HouseRule.File("src/Voltgate.Domain/Voltgate.Domain.csproj",
                "<ProjectReference Include=\"../Voltgate.Ocpp/Voltgate.Ocpp.csproj\" />")),
        new("Domain and Ocpp need no package",
            HouseRule.Each(t => t.Ending(".csproj").Where(f => WithoutPackages.Contains(ProjectOf(f))), Packages),
            HouseRule.File("src/Voltgate.Ocpp/Voltgate.Ocpp.csproj", "<PackageReference Include=\"Dapper\" />")),
        new("Domain and Ocpp know neither web server nor SQL",
            HouseRule.Each(
                t => t.Code.Where(f => f.Under("src/") && WithoutPackages.Contains(ProjectOf(f))), ShellWords),
            HouseRule.File("src/Voltgate.Ocpp/Planted.cs", "using Microsoft.AspNetCore.Http;")),
        new("A room of the server uses only the rooms below it",
            HouseRule.Each(t => t.Code.Where(f => f.Under(Server)), UpwardRooms),
            HouseRule.File(Server + "Storage/Planted.cs", "using Voltgate.Server.Api;"),
            HouseRule.File(Server + "Stations/Planted.cs", "class C { object o = Api.Thing.New(); }")),
        new("A file's namespace is its folder",
            HouseRule.Each(t => t.Shipped, StrayNamespaces),
            HouseRule.File(Server + "Storage/Planted.cs", "namespace Voltgate.Server.Api;")),
    ];

    private static string ProjectOf(SourceFile file) => file.Path.Split('/')[1];

    private static string? RoomOf(SourceFile file) =>
        file.Path[Server.Length..].Split('/') is [var room, _, ..] ? room : null;

    private static IEnumerable<string> UpwardProjects(SourceFile file) =>
        from reference in Regex.Matches(file.Text, "ProjectReference Include=\"[^\"]*/([\\w.]+)\\.csproj\"")
        let target = reference.Groups[1].Value
        where !Projects.TryGetValue(ProjectOf(file), out var below) || !below.Contains(target)
        select file.At(1, $"{ProjectOf(file)} may not refer to {target}");

    private static IEnumerable<string> Packages(SourceFile file) =>
        from reference in Regex.Matches(file.Text, "(Package|Framework)Reference Include=\"([^\"]*)\"")
        select file.At(1, $"{ProjectOf(file)} may not need {reference.Groups[2].Value}");

    private static IEnumerable<string> ShellWords(SourceFile file) =>
        from name in file.Nodes<UsingDirectiveSyntax>()
        let text = name.Name?.ToString() ?? ""
        where text.StartsWith("Microsoft.", StringComparison.Ordinal) || text is "Dapper" or "Npgsql" or "System.Data"
            || text.StartsWith("Voltgate.Server", StringComparison.Ordinal)
        select file.At(name, $"{text} belongs in the shell");

    private static IEnumerable<string> UpwardRooms(SourceFile file)
    {
        if (RoomOf(file) is not { } room) yield break;
        if (!Rooms.TryGetValue(room, out var below))
        {
            yield return file.At(1, $"{room} has no row in ReferenceRules.cs");
            yield break;
        }

        foreach (var offence in Uses(file).Where(u => u.Room != room && !below.Contains(u.Room))
            .Select(u => file.At(u.Name, $"{room} may not use {u.Room}")).Distinct())
            yield return offence;
    }

    private static IEnumerable<(string Room, SyntaxNode Name)> Uses(SourceFile file) =>
        from name in file.Syntax.DescendantNodes()
        where name is QualifiedNameSyntax or MemberAccessExpressionSyntax
        let room = Regex.Match(name.ToString(), @"^(Voltgate\.Server\.)?(\w+)").Groups[2].Value
        where Rooms.ContainsKey(room)
        select (room, name);

    private static IEnumerable<string> StrayNamespaces(SourceFile file) =>
        from declared in file.Nodes<BaseNamespaceDeclarationSyntax>()
        let folders = file.Path.Split('/')[1..^1]
        let name = declared.Name.ToString()
        // Inside a room, folders are chapters of one namespace.
        where name != string.Join('.', folders) && name != string.Join('.', folders.Take(2))
        select file.At(declared, $"{name} is not {string.Join('.', folders)}");
}
