using System.Diagnostics;

namespace Voltgate.Server.Tests.Peers;

/// <summary>
/// The built server, driven by clients that nobody here wrote: npm's ocpp-rpc is the station, its request the
/// application, its openapi-client-axios an application of /v1 (tests/peers; ./test installs them).
/// </summary>
public sealed class PeerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public Task Somebody_else_s_station_and_application_charge_in_the_guide_s_order(string provider) =>
        Play(provider, "charge.js", "charged: ");

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public Task Fixtures_and_all_that_the_server_says_conform_to_the_official_schemas(string provider) =>
        Play(provider, "conform.js", "conforms: ");

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public Task A_client_made_of_the_older_description_drives_v1(string provider) =>
        Play(provider, "v1.js", "v1: ");

    private static async Task Play(string provider, string script, string verdict)
    {
        await using var server = await BuiltServer.Start(provider);
        using var api = new ApiClient(server.Url, TestServer.BootstrapKey);
        var me = (await api.Get("/me")).MustBe(200);
        var root = Root();
        var start = new ProcessStartInfo("node", [script])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
            WorkingDirectory = Path.Combine(root, "tests", "peers"),
        };
        start.Environment["VOLTGATE_URL"] = server.Url.ToString().TrimEnd('/');
        start.Environment["VOLTGATE_CLIENT_ID"] = (string)me.Result["api_key"]!["_id"]!;
        start.Environment["VOLTGATE_CLIENT_SECRET"] = TestServer.BootstrapKey;
        start.Environment["VOLTGATE_FIXTURES"] =
            Path.Combine(root, "tests", "Voltgate.Tests", "Ocpp", "Fixtures", "1.6");

        var (exit, output) = await Run(start);

        Assert.True(exit == 0 && output.Contains(verdict, StringComparison.Ordinal), $"{script}: {exit}\n{output}");
    }

    private static async Task<(int Exit, string Output)> Run(ProcessStartInfo start)
    {
        using var node = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var (said, complained) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        try
        {
            await node.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            node.Kill();
            return (-1, $"It did not end within {Patience}.\n{await said}{await complained}");
        }

        return (node.ExitCode, await said + await complained);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Voltgate.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
