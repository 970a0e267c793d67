using System.Text.RegularExpressions;

namespace Voltgate.Server.Tests.Peers;

/// <summary>
/// A TypeScript client whose types are made of docs/openapi.json, compiled strictly, charges against the built server.
/// The types are made anew in each run and not checked in: 20,000 lines that say nothing the document does not say.
/// </summary>
public sealed partial class TypedClientTests : IClassFixture<CompiledClient>
{
    private static string Client => CompiledClient.Folder;

    private static readonly (string Right, string Wrong)[] Slips =
    [
        ("price: 0.4", "price: '0.4'"), ("ended.metrics.energyConsumed,", "ended.metrics.energyUsed,"),
        ("power?.unit", "power?.units"), ("sort_order: 'desc'", "sort_order: 'down'"),
    ];

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_generated_client_compiles_and_charges(string provider)
    {
        await using var server = await BuiltServer.Start(provider);
        using var api = new ApiClient(server.Url, TestServer.BootstrapKey);
        var me = (await api.Get("/me")).MustBe(200);

        var said = await Script.Run(Client, "node", ["charge.mjs"], new Dictionary<string, string>
        {
            ["VOLTGATE_URL"] = server.Url.ToString().TrimEnd('/'),
            ["VOLTGATE_CLIENT_ID"] = (string)me.Result["api_key"]!["_id"]!,
            ["VOLTGATE_CLIENT_SECRET"] = TestServer.BootstrapKey,
        });

        Assert.Equal("typed: Ended 2500 Wh 1.19 eur\n", said);
    }

    [Fact]
    public async Task A_slip_against_the_document_does_not_compile()
    {
        var sound = await File.ReadAllTextAsync(Path.Combine(Client, "charge.mts"));
        Assert.DoesNotMatch(Any(), sound);
        var folder = Directory.CreateDirectory(Path.Combine(Client, "slips-" + Guid.NewGuid().ToString("N"))).FullName;
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder, "tsconfig.json"),
                """{"extends":"../tsconfig.json","files":[],"include":["*.mts"]}""");
            foreach (var (i, (right, wrong)) in Slips.Index())
            {
                Assert.Contains(right, sound, StringComparison.Ordinal);
                await File.WriteAllTextAsync(
                    Path.Combine(folder, $"slip{i}.mts"),
                    sound.Replace(right, wrong).Replace("'../", "'../../").Replace("'./schema", "'../schema"));
            }

            var (_, said) = await Script.Say(Script.Peers, "node_modules/.bin/tsc", ["--noEmit", "-p", folder]);
            foreach (var (i, (_, wrong)) in Slips.Index())
                Assert.True(said.Contains($"slip{i}.mts(", StringComparison.Ordinal), $"{wrong} compiled\n{said}");
            // One mistake each: none of them stands for something else that is wrong.
            Assert.Equal(Slips.Length, said.Split('\n').Count(line => line.Contains("error TS")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex(@"\bany\b|@ts-|\bas\s", RegexOptions.None, 1_000)]
    private static partial Regex Any();
}

/// <summary>The client, its types generated and it compiled, once for all tests.</summary>
public sealed class CompiledClient : IAsyncLifetime
{
    public static string Folder => Path.Combine(Script.Peers, "client");

    public async ValueTask InitializeAsync()
    {
        await Script.Run(
            Script.Peers, "node_modules/.bin/openapi-typescript",
            [
                Path.Combine(Script.Root, "docs", "openapi.json"), "--default-non-nullable=false",
                "-o", "client/schema.d.ts",
            ]);
        await Script.Run(Script.Peers, "node_modules/.bin/tsc", ["-p", "client"]);
    }

    public ValueTask DisposeAsync() => default;
}
