using System.Net.WebSockets;
using System.Security.Cryptography;
using Voltgate.Domain.Stations;
using Voltgate.Ocpp;
using Voltgate.Ocpp.Rpc;

namespace Voltgate.Server.Stations;

/// <summary>One socket of a station, from accept to close. Told apart by itself, never by the station's id.</summary>
internal sealed class StationLink : IDisposable
{
    /// <summary>A station that never booted may be about to.</summary>
    private static readonly TimeSpan BootPatience = TimeSpan.FromSeconds(15);

    private readonly TappedStream wire;
    private readonly StationDesk desk;
    private readonly RpcConnection rpc;
    private readonly CancellationTokenSource abort = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider clock;
    private readonly long beganAt;
    private readonly TimeSpan settling;
    private bool isSettled;

    public StationLink(
        WebSocket socket, TappedStream wire, Dialect dialect, OcppSection options, StationDesk desk)
    {
        (this.wire, this.desk, clock, Dialect) = (wire, desk, desk.Clock, dialect);
        var limits = new RpcOptions
        {
            Rules = dialect.Rules,
            AnswerTimeout = TimeSpan.FromSeconds(options.CallTimeoutSeconds),
            MaxMessageBytes = options.MaxMessageBytesBeforeBoot,
            MessageTimeout = TimeSpan.FromSeconds(options.MessageSeconds),
            UnreadablePerMinute = options.UnreadablePerMinute,
            InboundQueueLimit = options.WaitingCalls,
            MessagesPerSecond = options.MessagesPerSecond,
            MessageBurst = options.MessageBurst,
        };
        beganAt = clock.GetTimestamp();
        // Quirk 12: a link that comes and goes is not asked at once, whatever the draw.
        var longest = options.ReconcileSeconds * 1000;
        settling = TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(longest / 10, longest + 1));
        if (!desk.HasBooted && settling < BootPatience) settling = BootPatience;
        rpc = new RpcConnection(socket, limits, call => desk.Serve(this, call), clock, desk.Observer);
    }

    public Dialect Dialect { get; }

    /// <summary>How whoever stands at its other end proved to be the station.</summary>
    public required Proof Proof { get; init; }

    /// <summary>What the station's make does otherwise.</summary>
    public QuirkTraits Quirks => desk.Quirks;

    /// <summary>CALLs in a row that got no answer.</summary>
    public int Silences => rpc.ConsecutiveTimeouts;

    /// <summary>When a byte last arrived: any frame and any pong.</summary>
    public long LastReadTimestamp => wire.LastReadTimestamp;

    /// <summary>It has ended; nothing may be told through it any more.</summary>
    public bool IsOver => ended.Task.IsCompleted;

    public async Task<RpcEnd> Run()
    {
        try
        {
            return await rpc.RunAsync(abort.Token);
        }
        finally
        {
            ended.TrySetResult();
        }
    }

    /// <summary>
    /// True once: the link has stood for a while, of another length for each, so that a fleet is spread. Not for
    /// several threads.
    /// </summary>
    public bool TrySettle() =>
        !isSettled && clock.GetElapsedTime(beganAt) >= settling && (isSettled = true);

    /// <summary>Larger messages are taken once the station has booted.</summary>
    public void RaiseLimit(int bytes) => rpc.MaxMessageBytes = bytes;

    /// <summary>Sends a command; its receipt comes back, whatever happens.</summary>
    public async Task<Receipt> Tell(StationCommand command, CallPatience patience, string? messageId = null) =>
        Dialect.Write(command) is { } worded
            ? Dialect.ReadReceipt(
                command, await rpc.CallAsync(worded.Action, worded.Payload, messageId, patience))
            : new Receipt(Answer.Unsupported, "NotSupported");

    /// <summary>Whether the other end still lives: anything but a farewell must arrive within the patience.</summary>
    public async Task<bool> Probe(TimeSpan patience)
    {
        var heard = wire.Heard();
        if (!await Ping()) return false;
        await Task.WhenAny(heard, ended.Task, Task.Delay(patience, clock));
        return heard.IsCompleted && !IsOver;
    }

    public Task<bool> Ping() => wire.Ping();

    public Task Close(WebSocketCloseStatus status, string reason) => rpc.CloseAsync(status, reason);

    /// <summary>Cuts the connection; one that has ended stays ended.</summary>
    public void Abort()
    {
        try
        {
            abort.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended while somebody made up their mind.
        }
    }

    public void Dispose()
    {
        rpc.Dispose();
        abort.Dispose();
    }
}
