namespace Voltgate.Server.Webhooks;

/// <summary>
/// The lanes of one endpoint that this process holds: some being sent, a few waiting for a turn. Each endpoint has its
/// own turns, so one that hangs delays nobody else (reliability W08).
/// </summary>
internal sealed class EndpointQueue(string organization, int turns)
{
    /// <summary>Lanes claimed ahead for each turn, so that a turn need not wait for the next claim.</summary>
    private const int Ahead = 2;

    private readonly Lock gate = new();
    private readonly Queue<ClaimedLane> waiting = new();
    private int running;
    private Endpoint? endpoint;
    private long? failingSince;

    public string Organization => organization;

    public Endpoint? Endpoint
    {
        get { lock (gate) return endpoint; }
        set { lock (gate) endpoint = value; }
    }

    /// <summary>The first of an unbroken row of failures.</summary>
    public long? FailingSinceMs
    {
        get { lock (gate) return failingSince; }
        set { lock (gate) failingSince = value; }
    }

    public int Held
    {
        get { lock (gate) return running + waiting.Count; }
    }

    /// <summary>How many more lanes to claim.</summary>
    public int Room
    {
        get { lock (gate) return Math.Max(0, (Turns * (1 + Ahead)) - running - waiting.Count); }
    }

    /// <summary>An endpoint that fails is tried by one lane at a time until it answers again.</summary>
    private int Turns => failingSince is null ? turns : 1;

    public void Add(ClaimedLane lane)
    {
        lock (gate) waiting.Enqueue(lane);
    }

    /// <summary>Takes a turn, if one is free and a lane waits for it.</summary>
    public bool TryStart(out ClaimedLane lane)
    {
        lock (gate)
        {
            lane = null!;
            if (running >= Turns || !waiting.TryDequeue(out var next)) return false;
            lane = next;
            running++;
            return true;
        }
    }

    /// <summary>The turn is over. True: there is room for more lanes or turns.</summary>
    public bool Finish()
    {
        lock (gate)
        {
            running--;
            return waiting.Count <= Turns || running + 1 < Turns;
        }
    }
}
