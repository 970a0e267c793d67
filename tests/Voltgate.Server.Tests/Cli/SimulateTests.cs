using System.Diagnostics;

namespace Voltgate.Server.Tests.Cli;

/// <summary>`voltgate simulate` in a terminal, against a server with a password.</summary>
public sealed class SimulateTests(SharedServers servers)
{
    [Fact]
    public async Task A_card_charges_in_the_terminal()
    {
        var server = await servers.Get(On.Sqlite);
        using var api = await server.Tenant();
        var station = (await api.Post("/chargestations", """{"name":"Terminal"}""")).MustBe(201);
        await api.Make("/tokens", """{"physicalId":"04A1B2C3","type":"ISO14443"}""");

        var (exit, said) = await Simulate(
            "StopTransaction = ",
            "--url", $"ws://{server.Url.Authority}/ocpp/{station.Text("endpoint")}",
            "--password", (string)station.Result["security"]!["password"]!,
            "--card", "04A1B2C3", "--stay", "4s", "--sample", "1", "--connectors", "1", "--seed", "3");

        Assert.Equal(0, exit);
        Assert.Contains("< BootNotification = status=Accepted", said);
        Assert.Contains("> Authorize idTag=04A1B2C3", said);
        Assert.Matches(@"> MeterValues connector 1: \d+ Wh  [\d.]+ kW", said);
        Assert.Matches(@"> StopTransaction .*reason=Local", said);
    }

    [Fact]
    public async Task A_card_charges_by_OCPP_2_1()
    {
        var server = await servers.Get(On.Sqlite);
        using var api = await server.Tenant();
        var station = (await api.Post("/chargestations", """{"name":"Terminal"}""")).MustBe(201);
        await api.Make("/tokens", """{"physicalId":"04A1B2C3","type":"ISO14443"}""");

        var (exit, said) = await Simulate(
            "> TransactionEvent Ended",
            "--url", $"ws://{server.Url.Authority}/ocpp/{station.Text("endpoint")}", "--ocpp", "2.1",
            "--password", (string)station.Result["security"]!["password"]!,
            "--card", "04A1B2C3", "--stay", "4s", "--sample", "1", "--connectors", "1", "--seed", "3");

        Assert.Equal(0, exit);
        Assert.Contains("> Authorize idToken=04A1B2C3 type=ISO14443", said);
        Assert.Contains("> TransactionEvent Started 0 Authorized", said);
        Assert.Matches(@"> TransactionEvent Ended \d+ StopAuthorized", said);
    }

    [Fact]
    public async Task A_station_that_nobody_knows_ends_with_69()
    {
        var server = await servers.Get(On.Sqlite);
        var (exit, said) = await Simulate(
            null, "--url", $"ws://{server.Url.Authority}/ocpp/nobody", "--password", "wrong", "--duration", "1s");
        Assert.Equal(69, exit);
        Assert.Contains("401", said);
    }

    [Theory]
    [InlineData]
    [InlineData("--url", "http://localhost/ocpp/X")]
    [InlineData("--url", "ws://localhost/ocpp/X", "--behaviour", "lazy")]
    [InlineData("--url", "ws://localhost/ocpp/X", "--ocpp", "3")]
    public async Task What_cannot_be_meant_ends_with_64(params string[] switches) =>
        Assert.Equal(64, (await Simulate(null, switches)).Exit);

    /// <summary>What it wrote until it ended, or until that text; then it is told to stop.</summary>
    private static async Task<(int Exit, string Said)> Simulate(string? until, params string[] switches)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "voltgate"), ["simulate", .. switches])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var program = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        var lines = new List<string>();
        while (await program.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            lines.Add(line);
            if (until is not null && line.Contains(until)) using (Process.Start("kill", ["-TERM", $"{program.Id}"])) { }
        }

        await program.WaitForExitAsync(patience.Token);
        return (program.ExitCode, string.Join('\n', lines));
    }
}
