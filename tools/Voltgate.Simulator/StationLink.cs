using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Voltgate.Ocpp.Rpc;

namespace Voltgate.Simulator;

/// <summary>One connection of a station: a socket, what it says in order, and what the platform asks.</summary>
internal sealed class StationLink : IDisposable
{
    private static readonly TimeSpan SilencePoll = TimeSpan.FromMilliseconds(500);

    private readonly StationOptions _options;
    private readonly TimeProvider _clock;
    private readonly ChannelWriter<Errand> _mailbox;
    private readonly ClientWebSocket _socket;
    private readonly RpcConnection _rpc;
    private readonly Channel<Send> _sayings = Channel.CreateBounded<Send>(1_000);

    private StationLink(
        ClientWebSocket socket, StationOptions options, TimeProvider clock, ChannelWriter<Errand> mailbox,
            RpcObserver observer)
    {
        (_socket, _options, _clock, _mailbox) = (socket, options, clock, mailbox);
        var rpcOptions = new RpcOptions
        {
            Rules = Wording.Of(options.Version).Rules,
            AnswerTimeout = options.AnswerTimeout,
            MaxMessageBytes = 1 << 20,
            CloseTimeout = TimeSpan.FromSeconds(2),
        };
        _rpc = new RpcConnection(socket, rpcOptions, Serve, clock, observer);
    }

    /// <summary>Dials and is refused (null and a reason) or connected.</summary>
    public static async Task<(StationLink? Link, string Reason)> Dial(
        StationOptions options, TimeProvider clock, ChannelWriter<Errand> mailbox, RpcObserver observer,
            CancellationToken cancel)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(Wording.Of(options.Version).Subprotocol);
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(30);
        if (options.Password is { } password)
        {
            var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Identity}:{password}"));
            socket.Options.SetRequestHeader("Authorization", "Basic " + credentials);
        }

        try
        {
            await socket.ConnectAsync(options.Url, cancel);
            return (new StationLink(socket, options, clock, mailbox, observer), "");
        }
        catch (WebSocketException refused)
        {
            socket.Dispose();
            return (null, refused.InnerException?.Message ?? refused.Message);
        }
    }

    /// <summary>Serves the connection until it ends.</summary>
    public async Task<RpcEnd> Run(CancellationToken cancel)
    {
        var speaking = Speak();
        var end = await _rpc.RunAsync(cancel);
        _sayings.Writer.TryComplete();
        await speaking;
        return end;
    }

    /// <summary>False: the connection is over, or hopelessly behind.</summary>
    public bool Say(Send send) => _sayings.Writer.TryWrite(send);

    public void Cut() => _socket.Abort();

    public Task Close() => _rpc.CloseAsync(WebSocketCloseStatus.NormalClosure, "");

    public void Dispose() => _rpc.Dispose();

    private async Task Speak()
    {
        await foreach (var send in _sayings.Reader.ReadAllAsync())
        {
            var outcome = await _rpc.CallAsync(send.Saying.Action, send.Payload, send.Id);
            if (send is { LoseAnswer: true } && outcome is CallAnswered)
            {
                _socket.Abort();
                outcome = new CallCutOff();
            }
            else if (send.Twice)
            {
                await _rpc.CallAsync(send.Saying.Action, send.Payload, send.Id);
            }

            await _mailbox.WriteAsync(new Errand(new Answered(send.Saying, outcome, send.FromQueue)));
        }
    }

    private async ValueTask<OutboundAnswer> Serve(Call call)
    {
        if (_options.Mishaps.HasFlag(Mishaps.Silent))
        {
            while (_socket.State == WebSocketState.Open) await Task.Delay(SilencePoll, _clock);
            return OutboundAnswer.Error(RpcErrorCode.GenericError);
        }

        var errand = new Errand(new Ordered(call.Action, call.Payload), new());
        await _mailbox.WriteAsync(errand);
        return await errand.Answer!.Task;
    }
}

/// <summary>An input in the station's mailbox, and, for a command, where its answer goes.</summary>
internal sealed record Errand(Input Input, TaskCompletionSource<OutboundAnswer>? Answer = null);
