using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Voltgate.Server.Tests.Transcripts;

/// <summary>A station that says just what it is told to, frame by frame, over a real WebSocket.</summary>
internal sealed class ScriptedStation : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket socket = new();
    private readonly Channel<JsonArray> calls = Channel.CreateBounded<JsonArray>(1_000);
    private readonly Channel<JsonArray> answers = Channel.CreateBounded<JsonArray>(1_000);
    private Task receiving = Task.CompletedTask;
    private int lastId;

    public static async Task<ScriptedStation> Connect(
        Uri server, string endpoint, string? password = null, string? subprotocol = "ocpp1.6")
    {
        var station = new ScriptedStation();
        if (subprotocol is not null) station.socket.Options.AddSubProtocol(subprotocol);
        if (password is not null)
            station.socket.Options.SetRequestHeader(
                "Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{endpoint}:{password}")));
        var url = new Uri($"ws://{server.Authority}/ocpp/{Uri.EscapeDataString(endpoint)}");
        await station.socket.ConnectAsync(url, new CancellationTokenSource(Patience).Token);
        station.receiving = station.Receive();
        return station;
    }

    private bool IsV2 => socket.SubProtocol?.StartsWith("ocpp2", StringComparison.Ordinal) == true;

    /// <summary>Tells what it is, in the words of its version.</summary>
    public Task<JsonObject> Boot(string vendor, string model) =>
        Call("BootNotification", BootOf(socket.SubProtocol, vendor, model));

    /// <summary>BootNotification of a version, named as its subprotocol is.</summary>
    public static string BootOf(string? subprotocol, string vendor = "Test", string model = "One") =>
        subprotocol?.StartsWith("ocpp2", StringComparison.Ordinal) == true
            ? $$$"""{"reason":"PowerUp","chargingStation":{"vendorName":"{{{vendor}}}","model":"{{{model}}}"}}"""
            : $$"""{"chargePointVendor":"{{vendor}}","chargePointModel":"{{model}}"}""";

    /// <summary>Tells the status of 1.6's connector of that number, which is 2.x's EVSE.</summary>
    public Task<JsonObject> Report(int number, string status, DateTimeOffset at) => Call("StatusNotification", IsV2
        ? $$"""{"evseId":{{number}},"connectorId":1,"connectorStatus":"{{status}}","timestamp":"{{at:O}}"}"""
        : $$"""{"connectorId":{{number}},"errorCode":"NoError","status":"{{status}}"}""");

    public WebSocketCloseStatus? CloseStatus => socket.CloseStatus;

    /// <summary>Completes when the other side has closed or cut the connection.</summary>
    public Task Closed => receiving.WaitAsync(Patience);

    /// <summary>A CALL; answers the whole frame: CALLRESULT or CALLERROR.</summary>
    public async Task<JsonArray> Ask(string action, string payload, string? id = null)
    {
        id ??= $"s{Interlocked.Increment(ref lastId)}";
        await Send($"[2,\"{id}\",\"{action}\",{payload}]");
        return await answers.Reader.ReadAsync(new CancellationTokenSource(Patience).Token);
    }

    /// <summary>A CALL that must be answered with a CALLRESULT; its payload.</summary>
    public async Task<JsonObject> Call(string action, string payload, string? id = null)
    {
        var frame = await Ask(action, payload, id);
        Assert.True((int)frame[0]! == 3, $"{action} was answered {frame.ToJsonString()}");
        return frame[2]!.AsObject();
    }

    /// <summary>The platform's next CALL.</summary>
    public async Task<JsonArray> Expect(TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(patience ?? Patience);
        return await calls.Reader.ReadAsync(limit.Token);
    }

    public Task Answer(JsonArray call, string payload) => Send($"[3,\"{(string)call[1]!}\",{payload}]");

    public Task Send(string text) => socket.SendAsync(
        Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    /// <summary>No farewell: the cable is out.</summary>
    public async Task Cut()
    {
        socket.Abort();
        await receiving;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (socket.State == WebSocketState.Open)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // The other side, which some tests kill, was gone a moment earlier.
        }

        await Task.WhenAny(receiving, Task.Delay(1_000));
        socket.Dispose();
    }

    private async Task Receive()
    {
        var buffer = new byte[1 << 20];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    length += part.Count;
                }
                while (!part.EndOfMessage);
                if (part.MessageType == WebSocketMessageType.Close) break;
                var frame = JsonNode.Parse(buffer.AsSpan(0, length))!.AsArray();
                await ((int)frame[0]! == 2 ? calls : answers).Writer.WriteAsync(frame);
            }

            if (socket.State == WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(socket.CloseStatus!.Value, "", CancellationToken.None);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut: that is one way for a connection to end.
        }

        calls.Writer.TryComplete();
        answers.Writer.TryComplete();
    }
}
