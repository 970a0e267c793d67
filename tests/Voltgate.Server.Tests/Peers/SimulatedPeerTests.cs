namespace Voltgate.Server.Tests.Peers;

/// <summary>`voltgate simulate` before a platform that nobody here wrote: npm's ocpp-rpc (tests/peers).</summary>
public sealed class SimulatedPeerTests
{
    [Theory]
    [InlineData("2.0.1")]
    [InlineData("2.1")]
    public async Task All_that_a_simulated_station_says_conforms_to_the_official_schemas(string version)
    {
        var output = await Script.Run(Script.Peers, "node", ["platform.js"], new Dictionary<string, string>
        {
            ["VOLTGATE_OCPP"] = version,
            ["VOLTGATE_PROGRAM"] = Path.Combine(AppContext.BaseDirectory, "voltgate"),
        });

        Assert.Contains("conforms: ", output, StringComparison.Ordinal);
    }
}
