using System.Net.WebSockets;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Durability;

/// <summary>
/// A station that charges one car after another on connector 1. As OCPP 1.6 §3.7.2 wants it, each transaction message
/// is said until it is answered, in order, over as many connections as it takes, with the same message id or a new one.
/// </summary>
internal sealed class RetryingStation(string endpoint, Func<Uri> server, Ledger ledger, int seed) : IAsyncDisposable
{
    public const int EnergyWh = 3_000;
    private const int Reports = 3;

    private static readonly DateTimeOffset Since = TimeProvider.System.GetUtcNow().AddDays(-10);

    private readonly Random chance = new(seed);
    private ScriptedStation? line;

    public string Endpoint => endpoint;

    /// <summary>Cars that have come and gone.</summary>
    public int Charges { get; private set; }

    /// <summary>The code that the server closed a connection with, the last time that it did.</summary>
    public WebSocketCloseStatus? Farewell { get; private set; }

    /// <summary>Charges cars until told to stop; the last one is charged to its end.</summary>
    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested) await Charge();
    }

    /// <summary>One car, from start to stop.</summary>
    public async Task Charge()
    {
        var (meter, at) = (Charges * 10_000, Since.AddMinutes(Charges * 45));
        var started = await Say("StartTransaction", 0, $$"""
            {"connectorId":1,"idTag":"{{endpoint}}","meterStart":{{meter}},"timestamp":"{{at:O}}"}
            """, 0);
        var number = (int)started["transactionId"]!;
        for (var i = 1; i <= Reports; i++)
        {
            var value = meter + EnergyWh * i / Reports;
            await Say("MeterValues", i, $$"""
                {"connectorId":1,"transactionId":{{number}},
                 "meterValue":[{"timestamp":"{{at.AddMinutes(10 * i):O}}","sampledValue":[{"value":"{{value}}"}]}]}
                """, number);
        }

        await Say("StopTransaction", 9, $$"""
            {"transactionId":{{number}},"idTag":"{{endpoint}}","meterStop":{{meter + EnergyWh}},
             "timestamp":"{{at.AddMinutes(31):O}}","reason":"Local"}
            """, number);
        Charges++;
    }

    public async Task HangUp()
    {
        if (line is null) return;
        var old = line;
        line = null;
        await old.DisposeAsync();
        Farewell = old.CloseStatus ?? Farewell;
    }

    public async ValueTask DisposeAsync() => await HangUp();

    private async Task<JsonObject> Say(string action, int step, string payload, int number)
    {
        var first = $"tx-{endpoint}-{Charges}-{step}";
        for (var attempt = 0; ; attempt++)
        {
            var id = attempt == 0 || chance.Next(2) == 0 ? first : $"{first}.{attempt}";
            if (await Ask(action, payload, id) is { } answer)
            {
                if (action is "StartTransaction") number = (int)answer["transactionId"]!;
                ledger.Add(new Acked(endpoint, Charges, action, id, number));
                return answer;
            }

            if (attempt > 600) throw new TimeoutException($"{endpoint} was never answered {first}.");
            await Task.Delay(50);
        }
    }

    private async Task<JsonObject?> Ask(string action, string payload, string id)
    {
        try
        {
            line ??= await Dial();
            var answer = await line.Ask(action, payload, id);
            Assert.Equal(id, (string?)answer[1]);
            return (int)answer[0]! == 3 ? answer[2]!.AsObject() : null;
        }
        catch (Exception e) when (IsLost(e))
        {
            await HangUp();
            return null;
        }
    }

    private async Task<ScriptedStation> Dial()
    {
        var dialed = await ScriptedStation.Connect(server(), endpoint);
        try
        {
            await dialed.Call("BootNotification", """{"chargePointVendor":"Test","chargePointModel":"Retry"}""");
            return dialed;
        }
        catch (Exception)
        {
            Farewell = dialed.CloseStatus ?? Farewell;
            await dialed.DisposeAsync();
            throw;
        }
    }

    private static bool IsLost(Exception e) => e is WebSocketException or ChannelClosedException
        or OperationCanceledException or ObjectDisposedException or InvalidOperationException or IOException;
}
