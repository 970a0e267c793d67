using System.Text;

namespace Voltgate.Server.Api;

/// <summary>
/// One listener: server-sent events (WHATWG HTML §9.2), <c>id</c> the event's _id, <c>event</c> its type, <c>data</c>
/// what a webhook would carry. It keeps a place in the log and no queue, so a slow reader costs nobody memory.
/// </summary>
internal sealed class EventStream(
    EventStreams streams, Call call, long? after, Predicate<StreamedEvent> passes) : IResult
{
    private static readonly byte[] Hello = "retry: 2000\n: connected\n\n"u8.ToArray();
    private static readonly byte[] Beat = ": still here\n\n"u8.ToArray();

    private long writtenAt;
    private long checkedAt;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(call.Cancel, streams.Life.Ending);
        try
        {
            using var listening = streams.Tail.Listen();
            await Run(httpContext.Response, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The listener left, or the server drains: it reconnects with the id of the last event it has.
        }
        finally
        {
            streams.Release(call.Organization);
        }
    }

    private async Task Run(HttpResponse response, CancellationToken cancel)
    {
        response.ContentType = "text/event-stream";
        response.Headers["X-Accel-Buffering"] = "no";
        var place = after ?? await streams.Tail.End(cancel);
        checkedAt = streams.Life.Clock.GetTimestamp();
        await Write(response, Hello, cancel);
        while (true)
        {
            var moved = streams.Tail.Moved;
            var horizon = await streams.Tail.Horizon(cancel);
            while (place < horizon)
            {
                var (events, seen) = await streams.Read(call.Organization, place, horizon, passes, cancel);
                if (!await IsAllowed()) return;
                foreach (var (e, body) in events) await Write(response, Frame(e, body), cancel);
                place = seen;
            }

            await WaitFor(moved, cancel);
            if (!await IsAllowed()) return;
            if (streams.Life.Clock.GetElapsedTime(writtenAt) >= StreamLife.Pulse) await Write(response, Beat, cancel);
        }
    }

    /// <summary>Asks again every few seconds; a key that was revoked meanwhile ends the stream.</summary>
    private async Task<bool> IsAllowed()
    {
        if (streams.Life.Clock.GetElapsedTime(checkedAt) < StreamLife.Recheck) return true;
        checkedAt = streams.Life.Clock.GetTimestamp();
        return await streams.Life.MayListen(call);
    }

    private async Task WaitFor(Task moved, CancellationToken cancel)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(moved, Task.Delay(StreamLife.Recheck, streams.Life.Clock, waiting.Token));
        await waiting.CancelAsync();
        cancel.ThrowIfCancellationRequested();
    }

    private async Task Write(HttpResponse response, byte[] bytes, CancellationToken cancel)
    {
        await response.BodyWriter.WriteAsync(bytes, cancel); // flushes
        writtenAt = streams.Life.Clock.GetTimestamp();
    }

    private static byte[] Frame(StreamedEvent e, byte[] body) =>
    [
        .. Encoding.ASCII.GetBytes($"id: {e.Row.Id}\nevent: {e.Row.Type}\ndata: "), .. OneLine(body),
        (byte)'\n', (byte)'\n',
    ];

    /// <summary>
    /// What others sent stands in events as they sent it, in several lines perhaps, which would end the data here. A
    /// break that is not escaped stands between two parts of JSON, and a blank means the same.
    /// </summary>
    private static byte[] OneLine(byte[] body)
    {
        if (!body.AsSpan().ContainsAny("\n\r"u8)) return body;
        var line = body.ToArray();
        line.AsSpan().Replace((byte)'\n', (byte)' ');
        line.AsSpan().Replace((byte)'\r', (byte)' ');
        return line;
    }
}
