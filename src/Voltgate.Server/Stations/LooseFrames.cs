using Voltgate.Server.Storage;

namespace Voltgate.Server.Stations;

/// <summary>
/// Frames that need not be durable before they are answered: pulses, repeated news, what was refused. They are written
/// with the station's next commit, or once they are due; a crash loses them. Those alike become one entry, so a flood
/// costs no more room than a few frames.
/// </summary>
internal sealed class LooseFrames
{
    private const int Most = 32;
    private const int MostBytes = 4_096;

    /// <summary>What was refused is looked for soon; that a station lives is seen elsewhere.</summary>
    private const long RefusedDueMs = 5_000;

    private const long DueMs = 15 * 60_000;

    private readonly Lock gate = new();
    private List<StoredMessage> waiting = [];
    private long dueAtMs = long.MaxValue;

    public bool IsDue(long nowMs) => Volatile.Read(ref dueAtMs) <= nowMs;

    public bool Any => Volatile.Read(ref dueAtMs) != long.MaxValue;

    public void Note(StoredMessage frame, long nowMs)
    {
        lock (gate)
        {
            var at = waiting.FindIndex(w => IsAlike(w, frame));
            if (at < 0 && waiting.Count >= Most)
            {
                frame = new StoredMessage("in", "INVALID", "", "", "null"u8.ToArray())
                {
                    Verdict = StoredMessage.Hard, Reasons = "too_many_to_keep",
                };
                at = waiting.FindIndex(w => IsAlike(w, frame));
            }

            if (at < 0) waiting.Add(Kept(frame) with { AtMs = nowMs });
            else waiting[at] = Again(waiting[at], frame, nowMs);
            var due = nowMs + (frame.Verdict == StoredMessage.Hard ? RefusedDueMs : DueMs);
            if (due < dueAtMs) Volatile.Write(ref dueAtMs, due);
        }
    }

    /// <summary>All that wait; whoever takes them writes them, or puts them back.</summary>
    public IReadOnlyList<StoredMessage> Take()
    {
        if (!Any) return [];
        lock (gate)
        {
            var taken = waiting;
            waiting = [];
            Volatile.Write(ref dueAtMs, long.MaxValue);
            return taken;
        }
    }

    public void PutBack(IReadOnlyList<StoredMessage> taken, long nowMs)
    {
        if (taken.Count == 0) return;
        lock (gate)
        {
            waiting = [.. taken, .. waiting];
            if (waiting.Count > 2 * Most) waiting.RemoveRange(2 * Most, waiting.Count - 2 * Most);
            Volatile.Write(ref dueAtMs, Math.Min(dueAtMs, nowMs + RefusedDueMs));
        }
    }

    private static bool IsAlike(StoredMessage a, StoredMessage b) =>
        a.Action == b.Action && a.Verdict == b.Verdict && a.Kind == b.Kind && a.Reasons == b.Reasons
        && a.Direction == b.Direction;

    private static StoredMessage Again(StoredMessage first, StoredMessage now, long nowMs) => Kept(now) with
    {
        AtMs = first.AtMs,
        UntilMs = nowMs,
        Times = (first.Times ?? 1) + 1,
        TookUs = Math.Max(first.TookUs ?? 0, now.TookUs ?? 0),
    };

    /// <summary>The frame's own buffer is not held on to.</summary>
    private static StoredMessage Kept(StoredMessage frame) => frame.Body.Length <= MostBytes
        ? frame with { Body = frame.Body.ToArray() }
        : frame with { Body = "null"u8.ToArray() };
}
