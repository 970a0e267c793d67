namespace Voltgate.Server.Tests.Peers;

/// <summary>
/// The built server, driven by clients that nobody here wrote: npm's ocpp-rpc is the station, its request the
/// application, its openapi-client-axios an application of /v1 (tests/peers; ./test installs them).
/// </summary>
public sealed class PeerTests
{
    [Theory]
    [InlineData(On.Sqlite, "1.6")]
    [InlineData(On.Postgres, "1.6")]
    [InlineData(On.Sqlite, "2.0.1")]
    [InlineData(On.Postgres, "2.0.1")]
    [InlineData(On.Sqlite, "2.1")]
    [InlineData(On.Postgres, "2.1")]
    public Task Somebody_else_s_station_and_application_charge_in_the_guide_s_order(string provider, string version) =>
        Play(provider, "charge.js", "charged: ", version);

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public Task Fixtures_and_all_that_the_server_says_conform_to_the_official_schemas(string provider) =>
        Play(provider, "conform.js", "conforms: ");

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public Task A_client_made_of_the_older_description_drives_v1(string provider) =>
        Play(provider, "v1.js", "v1: ");

    private static async Task Play(string provider, string script, string verdict, string version = "1.6")
    {
        await using var server = await BuiltServer.Start(provider);
        using var api = new ApiClient(server.Url, TestServer.BootstrapKey);
        var me = (await api.Get("/me")).MustBe(200);
        var output = await Script.Run(Script.Peers, "node", [script], new Dictionary<string, string>
        {
            ["VOLTGATE_URL"] = server.Url.ToString().TrimEnd('/'),
            ["VOLTGATE_CLIENT_ID"] = (string)me.Result["api_key"]!["_id"]!,
            ["VOLTGATE_CLIENT_SECRET"] = TestServer.BootstrapKey,
            ["VOLTGATE_OCPP"] = version,
            ["VOLTGATE_FIXTURES"] = Path.Combine(Script.Root, "tests", "Voltgate.Tests", "Ocpp", "Fixtures"),
        });

        Assert.Contains(verdict, output, StringComparison.Ordinal);
    }
}
