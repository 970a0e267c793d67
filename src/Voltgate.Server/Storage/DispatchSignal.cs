using System.Threading.Channels;

namespace Voltgate.Server.Storage;

/// <summary>"There may be deliveries to send." Many pulses before a wait count as one.</summary>
internal sealed class DispatchSignal
{
    private readonly Channel<bool> pulses = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Pulse() => pulses.Writer.TryWrite(true);

    /// <summary>Completes at the next pulse, or after <paramref name="longest"/> without one.</summary>
    public async Task Wait(TimeSpan longest, TimeProvider clock, CancellationToken cancel)
    {
        if (pulses.Reader.TryRead(out _)) return;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var pulse = pulses.Reader.WaitToReadAsync(patience.Token).AsTask();
        await Task.WhenAny(pulse, Task.Delay(longest, clock, patience.Token));
        await patience.CancelAsync();
        cancel.ThrowIfCancellationRequested();
        pulses.Reader.TryRead(out _);
    }
}
