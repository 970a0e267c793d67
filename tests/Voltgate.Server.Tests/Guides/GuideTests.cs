using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Api;
using Voltgate.Server.Tests.Peers;

namespace Voltgate.Server.Tests.Guides;

/// <summary>
/// Every guide is run as a reader pastes it, against a real server: on SQLite, which is what a reader has. Each goes on
/// where "Start charging" ends, so that one is run before it, in the same shell.
/// </summary>
public sealed class GuideTests
{
    private const string First = "start-charging";
    private const string PowerLimits = "power-limits";

    private static string Folder => Path.Combine(Script.Root, "docs", "guides");

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.md").Select(f => Path.GetFileNameWithoutExtension(f)!).Order()];

    [Theory, MemberData(nameof(Names))]
    public async Task A_guide_does_what_it_says(string name)
    {
        await using var server = await TestServer.Start(configure: o => o with
        {
            Server = o.Server with { Port = FreePort() }, // known beforehand: connection_url names it
            Webhooks = o.Webhooks with { AllowedPrivateNetworks = ["127.0.0.0/8"] },
        });
        using var api = await server.Tenant();
        var variables = Variables(server, api);
        await using var station = name == PowerLimits ? await Charging(server, api, variables) : null;
        var guide = await Read(name);
        var before = (await Read(First)).Steps;
        var prelude = name switch
        {
            First => "",
            PowerLimits => before[0].Commands, // the api command alone: a station that takes limits is there
            _ => string.Concat(before.Select(s => s.Commands)),
        };

        var said = await Run(prelude + guide.Script("@@step "), guide.Files, variables);

        var wrong = guide.Steps.Zip(said.Split("@@step ").Skip(1), Wrong).SelectMany(w => w).ToArray();
        Assert.True(wrong.Length == 0, $"docs/guides/{name}.md\n{string.Join('\n', wrong)}\n\n{said}");
    }

    [Fact]
    public async Task Every_guide_runs_something_and_the_readme_names_it()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Script.Root, "README.md"));
        Assert.Equal(8, Names.Count);
        foreach (string name in Names)
        {
            Assert.Contains($"docs/guides/{name}.md", readme, StringComparison.Ordinal);
            Assert.True((await Read(name)).Steps.Sum(s => s.Expected.Count) >= 4, $"{name} claims too little");
        }
    }

    [Fact]
    public void A_guide_that_claims_what_is_not_so_fails()
    {
        var step = Guide.Read(
            """
            ```bash
            echo
            ```
            <!-- expect: "status":"Ended" -->
            ```json
            {"status":"Ended","metrics":{"energyConsumed":1},"_id":"6956e2000000000000000001"}
            ```
            """).Steps.Single();
        const string Good = """{"status":"Ended","metrics":{"energyConsumed":7},"_id":"6956e2000000000000000009"}""";

        Assert.Empty(Wrong(step, "0\n" + Good));
        Assert.NotEmpty(Wrong(step, "0\n" + Good.Replace("Ended", "Started")));
        Assert.Single(Wrong(step, "0\n" + Good.Replace("energyConsumed", "energyUsed")));
        Assert.Single(Wrong(step, "0\n" + Good.Replace(":7", ":\"7\"")));
        Assert.Single(Wrong(step, "0\n" + Good.Replace("6956e2", "no id ")));
    }

    private static async Task<Guide> Read(string name) =>
        Guide.Read(await File.ReadAllTextAsync(Path.Combine(Folder, name + ".md")));

    private static IEnumerable<string> Wrong(GuideStep step, string said)
    {
        foreach (var expected in step.Expected)
            if (!said.Contains(expected, StringComparison.Ordinal))
                yield return $"line {step.Line}: the output does not contain {expected}";
        if (step.Shown is not { } shown) yield break;
        foreach (var difference in Likeness.Differences(JsonNode.Parse(shown), Likeness.Last(said)))
            yield return $"line {step.Line}: {difference}";
    }

    /// <summary>A command that fails fails the guide; what was left running ends with it.</summary>
    private static async Task<string> Run(
        string commands, IReadOnlyDictionary<string, string> files, IReadOnlyDictionary<string, string> variables)
    {
        var folder = Directory.CreateTempSubdirectory("voltgate-guide-").FullName;
        try
        {
            foreach (var (file, code) in files) await File.WriteAllTextAsync(Path.Combine(folder, file), code);
            const string Careful = "set -euo pipefail\nset -m\ntrap 'for p in $(jobs -p); do kill -- -$p; done' EXIT\n";
            await File.WriteAllTextAsync(Path.Combine(folder, "guide.sh"), Careful + commands);
            return await Script.Run(folder, "bash", ["guide.sh"], variables);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Dictionary<string, string> Variables(TestServer server, ApiClient api) => new()
    {
        ["VOLTGATE_URL"] = server.Url.ToString().TrimEnd('/'),
        ["VOLTGATE_KEY"] = api.Key,
        ["PATH"] = $"{AppContext.BaseDirectory}:{Environment.GetEnvironmentVariable("PATH")}",
        ["NODE_PORT"] = $"{FreePort()}", ["PYTHON_PORT"] = $"{FreePort()}", ["CSHARP_PORT"] = $"{FreePort()}",
    };

    /// <summary>A session that charges at a station that takes limits, which the simulator does not.</summary>
    private static async Task<ObedientStation> Charging(
        TestServer server, ApiClient api, Dictionary<string, string> variables)
    {
        var made = (await api.Post("/chargestations", """
            {"name":"Box","security":{"type":"none"},
             "connectors":[{"connectorId":1,"power_type":"AC_3_PHASE","power":22}]}
            """)).MustBe(201);
        var connector = (string)made.Result["connectors"]![0]!["_id"]!;
        var station = await ObedientStation.Connect(server.Url, made.Text("endpoint"));
        var user = await api.Make("/users", "{}");
        variables["VOLTGATE_SESSION"] =
            await api.Make("/sessions", $$"""{"connector":"{{connector}}","user":"{{user}}"}""");
        (variables["VOLTGATE_STATION"], variables["VOLTGATE_CONNECTOR"]) = (made.Text("_id"), connector);
        await station.Charge();
        return station;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
