using System.Net;
using System.Net.Sockets;
using Voltgate.Server.Tests.Transcripts;
using Voltgate.Simulator;

namespace Voltgate.Server.Tests.Cli;

/// <summary>`voltgate conform` in a terminal, with a station that is somebody's own.</summary>
public sealed class ConformCommandTests(SharedServers servers)
{
    [Fact]
    public async Task A_station_is_told_how_it_fared()
    {
        var server = await servers.Get(On.Sqlite);
        using var api = await server.Tenant();
        var station = (await api.Post("/chargestations", """
            {"name":"Own","security":{"type":"none"},"connectors":[{"connectorId":1}]}
            """)).MustBe(201).Text("endpoint");
        await using var own = await ScriptedStation.Connect(server.Url, station);
        await own.Call("BootNotification", """{"chargePointVendor":"Own","chargePointModel":"One"}""");
        var answering = Answer(own);

        var report = Path.Combine(Path.GetTempPath(), $"voltgate-conform-{Guid.NewGuid():N}.md");
        var (code, said) = await BuiltProgram.Run(
            "conform", "--version", "1.6", "--station", $"ws://{server.Url.Authority}/ocpp/{station}",
            "--api-key", api.Key,
            "--patience", "2", "--report", report,
            "--case", "TC_019_1_CSMS", "TC_061_CSMS", "TC_026_CSMS", "TC_054_CSMS", "TC_017_2_CSMS");

        Assert.Equal((0, true), (code, said.Contains("2 passed, 0 failed, 3 not shown", StringComparison.Ordinal)));
        Assert.Contains("TC_026_CSMS     not shown: needs a person at the station", said);
        Assert.Contains("TC_054_CSMS     not shown", said);
        Assert.Contains("the station answered Accepted, and this is about NotSupported", said);
        Assert.Contains("| TC_061_CSMS | The cache is cleared (§5.4) | passed |", await File.ReadAllTextAsync(report));
        await own.DisposeAsync();
        await answering;
    }

    [Fact]
    public async Task What_a_station_sends_without_wanting_an_answer_is_seen()
    {
        var server = await servers.Get(On.Sqlite);
        using var api = await server.Tenant();
        var station = (await api.Post("/chargestations", """
            {"name":"Own","security":{"type":"none"},"connectors":[{"connectorId":1}]}
            """)).MustBe(201).Text("endpoint");
        await using var own = await ScriptedStation.Connect(server.Url, station, subprotocol: "ocpp2.1");
        await own.Boot("Own", "One");
        var streaming = Stream(own);

        var (code, said) = await BuiltProgram.Run(
            "conform", "--version", "2.1", "--station", $"ws://{server.Url.Authority}/ocpp/{station}",
            "--api-key", api.Key, "--patience", "5", "--case", "2.1-N-streams");

        Assert.Contains("1 passed, 0 failed", said);
        Assert.Equal(0, code);
        await own.DisposeAsync();
        await streaming;
    }

    [Fact]
    public async Task The_simulated_station_passes_what_it_can_show_by_itself()
    {
        string[] cases =
        [
            "TC_013_CSMS", "TC_014_CSMS", "TC_017_1_CSMS", "TC_019_1_CSMS", "TC_019_2_CSMS", "TC_021_CSMS",
            "TC_031_CSMS", "TC_040_1_CSMS", "TC_040_2_CSMS", "TC_042_1_CSMS", "TC_042_2_CSMS", "TC_044_2_CSMS",
            "TC_045_2_CSMS", "TC_051_CSMS", "TC_056_CSMS", "TC_061_CSMS", "TC_066_CSMS", "TC_067_CSMS",
        ];
        var server = await servers.Get(On.Sqlite);
        using var api = await server.Tenant();
        var station = (await api.Post("/chargestations", """
            {"name":"Simulated","security":{"type":"none"},"connectors":[{"connectorId":1},{"connectorId":2}]}
            """)).MustBe(201).Text("endpoint");
        using var enough = new CancellationTokenSource();
        var simulated = new SimulatedStation(
            new StationOptions
            {
                Url = new Uri($"ws://{server.Url.Authority}/ocpp/{station}"),
                Connectors = [ConnectorSpec.Ac22, ConnectorSpec.Ac22],
                Away = TimeSpan.FromMilliseconds(500),
                FirstBackOff = TimeSpan.FromMilliseconds(200),
            },
            TimeProvider.System);
        var running = simulated.Run(enough.Token);

        var (code, said) = await BuiltProgram.Run(
            [
                "conform", "--station", $"ws://{server.Url.Authority}/ocpp/{station}", "--api-key", api.Key,
                "--patience", "10", "--case", .. cases,
            ]);

        await enough.CancelAsync();
        await running;
        Assert.True(said.Contains($"{cases.Length} passed, 0 failed", StringComparison.Ordinal), said);
        Assert.Equal(0, code);
    }

    [Theory]
    [InlineData(64, "--station is required", "conform")]
    [InlineData(64, "--api-key", "conform", "--station", "CP-1")]
    [InlineData(64, "--version", "conform", "--station", "CP-1", "--api-key", "k", "--version", "3.0")]
    [InlineData(64, "--case TC_9", "conform", "--station", "CP-1", "--api-key", "k", "--case", "TC_9")]
    [InlineData(64, "--server", "conform", "--station", "CP-1", "--api-key", "k", "--server", "example.org")]
    [InlineData(64, "--patience", "conform", "--station", "CP-1", "--api-key", "k", "--patience", "0")]
    [InlineData(
        69, "cannot be asked", "conform", "--station", "CP-1", "--api-key", "k", "--server", "http://127.0.0.1:1")]
    public async Task What_cannot_be_meant_or_reached_is_told(int expected, string words, params string[] args)
    {
        var (code, said) = await BuiltProgram.Run(args);

        Assert.Equal(expected, code);
        Assert.Contains(words, said.Replace("Option '--station' is required", "--station is required"));
    }

    [Fact]
    public async Task A_station_that_nobody_knows_is_69()
    {
        var server = await servers.Get(On.Sqlite);
        using var api = await server.Tenant();

        var (code, said) = await BuiltProgram.Run(
            "conform", "--station", "nobody", "--api-key", api.Key, "--server", server.Url.ToString());

        Assert.Equal(69, code);
        Assert.Contains("has no such station", said);
    }

    [Fact]
    public async Task A_server_that_is_no_Voltgate_is_69()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var program = BuiltProgram.Run(
            "conform", "--station", "CP-1", "--api-key", "k", "--server", $"http://{listener.LocalEndpoint}");
        using (var caller = await listener.AcceptTcpClientAsync())
        {
            await caller.GetStream().ReadExactlyAsync(new byte[16]);
            await caller.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"u8.ToArray());
            Assert.Equal(69, (await program).Code);
        }

        Assert.Contains("not JSON", (await program).Said);
    }

    /// <summary>A station of 2.1 with one stream, number 3.</summary>
    private static async Task Stream(ScriptedStation station)
    {
        const string stream = """{"id":3,"variableMonitoringId":5,"params":{"interval":10,"values":2}}""";
        try
        {
            while (true)
            {
                var call = await station.Expect(TimeSpan.FromMinutes(2));
                var (action, isOurs) = ((string)call[2]!, (int?)call[3]!["id"] == 3);
                await station.Answer(call, action switch
                {
                    "SetVariableMonitoring" => """
                        {"setMonitoringResult":[{"id":5,"status":"Accepted","type":"Periodic","severity":8,
                         "component":{"name":"EVSE"},"variable":{"name":"Power"}}]}
                        """,
                    "GetPeriodicEventStream" => $$"""{"constantStreamData":[{{stream}}]}""",
                    _ => isOurs ? """{"status":"Accepted"}""" : """{"status":"Rejected"}""",
                });
                if (action == "SetVariableMonitoring")
                {
                    await station.Call("OpenPeriodicEventStream", $$"""{"constantStreamData":{{stream}}}""");
                    await station.Send("""
                        [6,"m1","NotifyPeriodicEventStream",
                         {"id":3,"pending":0,"basetime":"2026-03-10T12:00:00Z","data":[{"t":1,"v":"7400"}]}]
                        """);
                }

                if (action == "AdjustPeriodicEventStream" && !isOurs)
                    await station.Call("ClosePeriodicEventStream", """{"id":3}""");
            }
        }
        catch (System.Threading.Channels.ChannelClosedException)
        {
            // The conversation is over.
        }
    }

    /// <summary>A station that does what it is told.</summary>
    private static async Task Answer(ScriptedStation station)
    {
        try
        {
            while (true)
            {
                var call = await station.Expect(TimeSpan.FromMinutes(2));
                await station.Answer(call, (string)call[2]! == "GetConfiguration"
                    ? """{"configurationKey":[{"key":"NumberOfConnectors","readonly":true,"value":"2"}]}"""
                    : """{"status":"Accepted"}""");
            }
        }
        catch (System.Threading.Channels.ChannelClosedException)
        {
            // The conversation is over.
        }
    }
}
