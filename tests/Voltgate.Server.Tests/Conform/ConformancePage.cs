using System.Text;
using Voltgate.Domain.Stations;
using Voltgate.Ocpp;
using Voltgate.Server.Conform;
using Voltgate.Server.Tests.Peers;

namespace Voltgate.Server.Tests.Conform;

/// <summary>docs/conformance.md as it is written while its cases are played.</summary>
/// <param name="play">Plays a case with a station of a version; what is wrong, or null.</param>
internal sealed class ConformancePage(Func<ConformCase, string, Task<string?>> play)
{
    private const string Head =
        """
        # Conformance: central system of OCPP 1.6, 2.0.1 and 2.1

        Every case of the certification of the Open Charge Alliance that a central system is asked, and what shows it;
        the titles are ours. A case with a script (in src/Voltgate.Server/Conform/Cases) is a conversation that is
        played over a real WebSocket against a real server: on SQLite in every run of the tests; on PostgreSQL a third
        of them, and all of them nightly. The other ones are tests by name. This page is written by `ConformanceTests`,
        which fails where it is not what the run showed. It is no certificate: that is given by the Alliance's
        laboratories only.

        The same scripts look at a station of yours: `voltgate conform --version 2.0.1 --station <identity or URL>`
        (see `voltgate help conform`).

        """;

    private const string OfMessages =
        """
        Every message of the version, and the conversations that it is a part of. What none of them shows is read and
        written, with every field that it may have, by the tests of the fixtures.
        """;

    /// <summary>It is of the other suite, for every message of 2.x: request and answer.</summary>
    private const string Fixtures = "A_fixture_read_and_written_is_itself";

    private const int MostNamed = 3;

    private static readonly HashSet<string> TestNames =
        [.. typeof(ConformanceTests).Assembly.GetTypes().SelectMany(t => t.GetMethods()).Select(m => m.Name)];

    private readonly StringBuilder text = new(Head);
    private readonly List<string> wrong = [];

    /// <summary>What the page should not have to say.</summary>
    public IReadOnlyList<string> Wrong => wrong;

    public override string ToString() => text.ToString();

    public async Task Write(Certification list)
    {
        var scripts = ConformCase.Own(list.Version).ToDictionary(c => c.Id, StringComparer.Ordinal);
        text.Append($"\n## OCPP {list.Version}\n\n{list.About}\n\n| case | | shown by | result |\n|---|---|---|---|\n");
        foreach (var id in list.Cases)
        {
            var label = list.Conditional.Contains(id) ? $"{id} (conditional)" : id;
            if (scripts.Remove(id, out var @case))
            {
                var fault = await play(@case, list.Version);
                if (fault is not null) wrong.Add($"{id}: {fault}");
                Row(label, @case.Title, $"`{id}.txt`", fault is null ? "passes" : "fails");
            }
            else if (list.Tests.TryGetValue(id, out var shown))
            {
                wrong.AddRange(shown.Tests.Where(t => !TestNames.Contains(t)).Select(t => $"{id}: no test {t}"));
                Row(label, shown.Title, string.Join(", ", shown.Tests.Select(t => $"`{t}`")), "passes");
            }
            else
            {
                var why = list.NotApplicable.GetValueOrDefault(id);
                Row(label, "", "", why is null ? "not shown yet" : $"not applicable: {why}");
            }
        }

        wrong.AddRange(scripts.Keys.Select(k => $"{k}: there is a script, and no such case"));
        if (list.Messages is { } subprotocol) await WriteMessages(Dialect.For(subprotocol)!, list.Version);
    }

    private async Task WriteMessages(Dialect dialect, string version)
    {
        text.Append($"\n{OfMessages}\n\n| message | from | shown by |\n|---|---|---|\n");
        var said = dialect.Routes.Select(r => r.Action).ToHashSet(StringComparer.Ordinal);
        var told = dialect.Commands.Select(c => c.Action).ToHashSet(StringComparer.Ordinal);
        var cases = ConformCase.All(version);
        foreach (var action in said.Union(told).Order(StringComparer.Ordinal))
            Row(action, From(said.Contains(action), told.Contains(action)), Named(action, cases));
        var tests = await File.ReadAllTextAsync(
            Path.Combine(Script.Root, "tests", "Voltgate.Tests", "Ocpp", "V2", "FixtureTests.cs"));
        if (!tests.Contains($" {Fixtures}(", StringComparison.Ordinal)) wrong.Add($"there is no test {Fixtures}");
    }

    private static string From(bool isSaid, bool isTold) =>
        isSaid && isTold ? "both" : isSaid ? "station" : "platform";

    /// <summary>The first conversations in which the message is said.</summary>
    private static string Named(string action, IReadOnlyList<ConformCase> cases)
    {
        var showing = cases.Where(c => c.Script.Split('\n').Any(line => Says(line.Trim(), action))).ToArray();
        if (showing.Length == 0) return $"`{Fixtures}`";
        var named = string.Join(", ", showing.Take(MostNamed).Select(c => $"`{c.Id}`"));
        return showing.Length > MostNamed ? $"{named} and {showing.Length - MostNamed} more" : named;
    }

    private static bool Says(string line, string action) =>
        line.Split(' ', 3) is [">" or ">>" or "<", var word, ..] && word.Split('#')[0] == action;

    private void Row(params string[] cells) => text.Append($"| {string.Join(" | ", cells)} |\n");
}
