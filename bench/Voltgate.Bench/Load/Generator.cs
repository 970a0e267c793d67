using System.Diagnostics;
using Voltgate.Bench.Processes;

namespace Voltgate.Bench.Load;

/// <summary>What one short run showed. Micros: CPU per message, of the server and of this process.</summary>
internal sealed record Run(double PerSecond, double ServerMicros, double GeneratorMicros)
{
    public double Micros => ServerMicros + GeneratorMicros;

    public static Run Of(long messages, TimeSpan elapsed, TimeSpan server, TimeSpan generator) => new(
        messages / elapsed.TotalSeconds, server.TotalMicroseconds / messages, generator.TotalMicroseconds / messages);
}

/// <summary>Stations that send one message each, and the next when it is answered.</summary>
internal static class Generator
{
    private static TimeSpan OwnCpu => Environment.CpuUsage.TotalTime;

    /// <summary>Runs for the time given and counts what was answered in it.</summary>
    public static async Task<Run> Drive(
        Child server, IReadOnlyList<StationSocket> sockets, IReadOnlyList<Frames> frames, TimeSpan time)
    {
        using var stop = new CancellationTokenSource(time);
        var (from, server0, own0) = (Stopwatch.GetTimestamp(), server.Cpu, OwnCpu);
        var loops = new Task<long>[sockets.Count];
        for (var i = 0; i < loops.Length; i++) loops[i] = Loop(sockets[i], frames[i], stop.Token);
        var counts = await Task.WhenAll(loops);
        return Run.Of(counts.Sum(), Stopwatch.GetElapsedTime(from), server.Cpu - server0, OwnCpu - own0);
    }

    private static async Task<long> Loop(StationSocket socket, Frames frames, CancellationToken stop)
    {
        await Task.Yield();
        long answered = 0;
        while (!stop.IsCancellationRequested)
        {
            await socket.Send(frames.Next(TimeProvider.System.GetUtcNow()));
            var answer = await socket.Receive();
            // An echo begins with 2, a result with 3; 4 is an error, and then the figure would be a lie.
            if (answer.Span[1] == (byte)'4')
                throw new InvalidOperationException(System.Text.Encoding.UTF8.GetString(answer.Span));
            answered++;
        }

        return answered;
    }
}
