using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Fuzz;

/// <summary>A station that agrees to whatever it is asked, so that commands go all their way.</summary>
internal sealed class AnsweringStation : IAsyncDisposable
{
    private static readonly TimeSpan Forever = TimeSpan.FromHours(10);

    private readonly ScriptedStation station;
    private readonly CancellationTokenSource over = new();
    private readonly Task answering;

    private AnsweringStation(ScriptedStation station)
    {
        this.station = station;
        answering = Answer();
    }

    public static async Task<AnsweringStation> Connect(Uri server, string endpoint, string card)
    {
        var connected = await ScriptedStation.Connect(server, endpoint);
        await connected.Call("BootNotification", """{"chargePointVendor":"Test","chargePointModel":"One"}""");
        await connected.Call(
            "StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Available"}""");
        await connected.Call("StartTransaction", $$"""
            {"connectorId":1,"idTag":"{{card}}","meterStart":0,"timestamp":"{{DateTimeOffset.UtcNow:O}}"}
            """);
        return new AnsweringStation(connected);
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await station.DisposeAsync();
        await answering;
        over.Dispose();
    }

    private async Task Answer()
    {
        try
        {
            while (true)
                await station.Answer(
                    await station.Expect(Forever).WaitAsync(over.Token), """{"status":"Accepted"}""");
        }
        catch (Exception e) when (e is OperationCanceledException or System.Threading.Channels.ChannelClosedException
            or System.Net.WebSockets.WebSocketException)
        {
            // The run is over, or somebody deleted the station.
        }
    }
}
