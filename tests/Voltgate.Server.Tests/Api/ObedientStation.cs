using System.Net.WebSockets;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Api;

/// <summary>A station that accepts whatever it is told, and lets a car charge on its first connector.</summary>
internal sealed class ObedientStation(ScriptedStation socket) : IAsyncDisposable
{
    private readonly TaskCompletionSource<string> upload = new();
    private readonly TaskCompletionSource<string> started = new();
    private Task obeying = Task.CompletedTask;

    /// <summary>Where it was told to put its diagnostics.</summary>
    public Task<string> Upload => upload.Task.WaitAsync(TimeSpan.FromSeconds(10));

    public static async Task<ObedientStation> Connect(Uri server, string endpoint)
    {
        var station = new ObedientStation(await ScriptedStation.Connect(server, endpoint));
        await station.Say("BootNotification", """{"chargePointVendor":"Example","chargePointModel":"DC-150"}""");
        foreach (var connector in (int[])[1, 2])
            await station.Say(
                "StatusNotification", $$"""{"connectorId":{{connector}},"status":"Available","errorCode":"NoError"}""");
        station.obeying = station.Obey();
        return station;
    }

    /// <summary>Begins what it was asked to begin.</summary>
    public async Task Charge()
    {
        var tag = await started.Task.WaitAsync(TimeSpan.FromSeconds(10));
        var (now, later) = (Time(0), Time(1));
        var begun = await Say(
            "StartTransaction", $$"""{"connectorId":1,"idTag":"{{tag}}","meterStart":1000,"timestamp":"{{now}}"}""");
        await Say("MeterValues", $$"""
            {"connectorId":1,"transactionId":{{begun["transactionId"]}},"meterValue":[{"timestamp":"{{later}}",
             "sampledValue":[{"value":"1500","unit":"Wh"},
              {"value":"11000","measurand":"Power.Active.Import","unit":"W"}]}]}
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await socket.DisposeAsync();
        await obeying;
    }

    private static string Time(int seconds) => DateTime.UtcNow.AddSeconds(seconds).ToString("yyyy-MM-ddTHH:mm:ss.fffZ");

    private Task<JsonObject> Say(string action, string payload) => socket.Call(action, payload);

    private async Task Obey()
    {
        try
        {
            while (true)
            {
                var call = await socket.Expect(TimeSpan.FromMinutes(5));
                var (action, payload) = ((string)call[2]!, call[3]!);
                if (action == "GetDiagnostics") upload.TrySetResult((string)payload["location"]!);
                await socket.Answer(call, AnswerTo(action));
                if (action == "RemoteStartTransaction") started.TrySetResult((string)payload["idTag"]!);
            }
        }
        catch (Exception e) when (e is ChannelClosedException or WebSocketException)
        {
            // The connection is over; it may end between a call and its answer.
        }
    }

    private static string AnswerTo(string action) => action switch
    {
        "GetConfiguration" => """{"configurationKey":[{"key":"HeartbeatInterval","readonly":false,"value":"300"}]}""",
        "UnlockConnector" => """{"status":"Unlocked"}""",
        "GetLocalListVersion" => """{"listVersion":1}""",
        "UpdateFirmware" => "{}",
        "GetDiagnostics" => """{"fileName":"station.log"}""",
        _ => """{"status":"Accepted"}""",
    };
}
