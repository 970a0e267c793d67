using System.Text;
using System.Threading.Channels;
using Voltgate.Ocpp.Rpc;

namespace Voltgate.Simulator;

/// <summary>
/// A charging station that speaks OCPP over a real WebSocket. <see cref="Run"/> lives until cancelled; the other
/// methods are what a driver, a meter or bad luck does to it. Decisions are <see cref="StationMachine"/>'s.
/// </summary>
public sealed class SimulatedStation
{
    private readonly StationOptions _options;
    private readonly TimeProvider _time;
    private readonly StationObserver _observer;
    private readonly StationClock _clock;
    private readonly Dice _dice;
    private readonly Channel<Errand> _mailbox = Channel.CreateBounded<Errand>(
        new BoundedChannelOptions(10_000) { SingleReader = true });

    private readonly Lock _gate = new();
    private readonly List<(Func<StationState, bool> Is, TaskCompletionSource<StationState> Seen)> _watchers = [];
    private volatile StationState _state;
    private volatile StationLink? _link;
    private volatile FileWorker? _files;
    private TimeSpan _away;

    public SimulatedStation(StationOptions options, TimeProvider time, StationObserver? observer = null)
    {
        (_options, _time, _observer) = (options, time, observer ?? new StationObserver());
        _clock = new StationClock(time, options.Pace);
        _dice = new Dice(options.Seed);
        _state = StationMachine.First(options, _clock.Advance(hurries: false));
    }

    public StationOptions Options => _options;

    /// <summary>What the station knows at this moment.</summary>
    public StationState State => _state;

    /// <summary>Connects, boots and stays connected until cancelled; then says goodbye.</summary>
    public async Task Run(CancellationToken cancel)
    {
        using var ended = new CancellationTokenSource();
        using var files = new FileWorker(_mailbox.Writer);
        _files = files;
        var thinking = Think();
        var ticking = TickAway(ended.Token);
        try
        {
            await StayConnected(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // told to stop
        }

        await ended.CancelAsync();
        await ticking;
        _mailbox.Writer.TryComplete();
        await thinking;
        await files.Ended();
    }

    /// <summary>A cable goes in.</summary>
    public ValueTask PlugIn(int connector, Vehicle? vehicle = null) =>
        Post(new PluggedIn(connector, vehicle ?? Vehicle.Compact));

    /// <summary>A card is held against the reader: starts a charge, or stops the one it started.</summary>
    public ValueTask PresentCard(int connector, string idTag) => Post(new CardPresented(connector, idTag));

    public ValueTask Unplug(int connector) => Post(new Unplugged(connector));

    public ValueTask FailPower() => Post(new PowerFailed());

    /// <summary>The network fails and stays away for that long.</summary>
    public void CutLink(TimeSpan away)
    {
        _away = away;
        _link?.Cut();
    }

    /// <summary>Ends as soon as the state is like that; at once if it is.</summary>
    public Task<StationState> When(Func<StationState, bool> isSo)
    {
        lock (_gate)
        {
            if (isSo(_state)) return Task.FromResult(_state);
            var seen = new TaskCompletionSource<StationState>(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((isSo, seen));
            return seen.Task;
        }
    }

    private async Task StayConnected(CancellationToken cancel)
    {
        var failures = 0;
        while (!cancel.IsCancellationRequested)
        {
            var (link, reason) = await StationLink.Dial(_options, _time, _mailbox.Writer, Watching(), cancel);
            if (link is null) Remark($"cannot connect: {reason}");
            else
            {
                using (link) await Serve(link, cancel);
                failures = 0;
            }

            await Task.Delay(Pause(failures++), _time, cancel);
        }
    }

    private async Task Serve(StationLink link, CancellationToken cancel)
    {
        _link = link;
        Remark("connected");
        await Post(new LinkUp());
        using var aborted = new CancellationTokenSource();
        using var goodbye = cancel.UnsafeRegister(static l => _ = ((StationLink)l!).Close(), link);
        var end = await link.Run(aborted.Token);
        _link = null;
        await Post(new LinkDown());
        Remark(end.Status is { } status ? $"disconnected ({$"{(int)status} {end.Reason}".TrimEnd()})" : "cut off");
    }

    /// <summary>What a mishap asked for, else the back-off with jitter: half to once and a half of it.</summary>
    private TimeSpan Pause(int failures)
    {
        var (away, none) = (_away, TimeSpan.Zero);
        _away = none;
        if (away > none) return away;
        var backOff = _options.FirstBackOff * Math.Pow(2, Math.Min(failures, 10));
        backOff = backOff < _options.LastBackOff ? backOff : _options.LastBackOff;
        return backOff * _dice.Between(50, 150) / 100;
    }

    private async Task TickAway(CancellationToken ended)
    {
        using var timer = new PeriodicTimer(_options.Tick, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended)) await Post(new Tick());
        }
        catch (OperationCanceledException)
        {
            // the station is switched off
        }
    }

    /// <summary>The one writer of the state.</summary>
    private async Task Think()
    {
        await foreach (var errand in _mailbox.Reader.ReadAllAsync())
        {
            var hurries = _state.Connectors.Any(c => c.Vehicle is not null);
            var turn = StationMachine.Step(_state, errand.Input, _options, _clock.Advance(hurries), _clock.RealMs);
            _state = turn.State;
            errand.Answer?.TrySetResult(turn.Reply);
            foreach (var effect in turn.Effects) Do(effect);
            Show();
        }
    }

    private void Do(Effect effect)
    {
        switch (effect)
        {
            case Send send:
                _link?.Say(send);
                break;
            case BreakLink or GoDown:
                CutLink(_options.Away);
                break;
            case Upload or Fetch:
                _files?.Begin(effect);
                break;
            case Remark remark:
                Remark(remark.Text);
                break;
            default:
                throw new InvalidOperationException($"{effect} has no arm here.");
        }
    }

    private void Show()
    {
        lock (_gate)
        {
            foreach (var (_, seen) in _watchers.Where(w => w.Is(_state))) seen.TrySetResult(_state);
            _watchers.RemoveAll(w => w.Seen.Task.IsCompleted);
        }
    }

    private ValueTask Post(Input input) => _mailbox.Writer.WriteAsync(new Errand(input));

    private void Remark(string text) => _observer.OnRemark?.Invoke(_options.Identity, text);

    private RpcObserver Watching() => new()
    {
        OnFrame = (direction, text) => _observer.OnFrame?.Invoke(
            _options.Identity, direction == FrameDirection.Out, Encoding.UTF8.GetString(text.Span)),
    };
}
