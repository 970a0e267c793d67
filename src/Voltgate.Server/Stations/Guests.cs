using System.Collections.Concurrent;
using System.Net;

namespace Voltgate.Server.Stations;

/// <summary>One connection that counts, until it leaves or stands for a station.</summary>
internal sealed class Guest(Guests guests, string? network)
{
    private int hasLeft;

    /// <summary>It counts no more; once.</summary>
    public void Leave()
    {
        if (Interlocked.Exchange(ref hasLeft, 1) == 0) guests.Leave(network);
    }
}

/// <summary>
/// Connections that stand for no station (yet): strangers, handshakes under way, clients of the API. So many there may
/// be in all, and from one network, so that whoever opens thousands and says nothing keeps nobody else out.
/// </summary>
internal sealed class Guests(ServerOptions options, AttemptBook book)
{
    private readonly IPNetwork[] shared = [.. options.Server.SharedSources.Select(n => IPNetwork.Parse(n))];
    private readonly ConcurrentDictionary<string, int> byNetwork = new(StringComparer.Ordinal);
    private int all;

    /// <summary>Null: there is no room.</summary>
    public Guest? Enter(IPAddress? address)
    {
        var network = Source.IsIn(address, shared) ? null : Source.NetworkOf(address);
        var isFull = Interlocked.Increment(ref all) > options.Server.MaxConnections;
        var isCrowded = network is not null
            && byNetwork.AddOrUpdate(network, 1, (_, n) => n + 1) > options.Server.MaxConnectionsPerSource;
        if (!isFull && !isCrowded) return new Guest(this, network);
        Leave(network);
        book.Note(new Attempt(isFull ? "connections_full" : "source_full"), Source.Of(address));
        return null;
    }

    public void Leave(string? network)
    {
        Interlocked.Decrement(ref all);
        if (network is null) return;
        if (byNetwork.AddOrUpdate(network, 0, (_, n) => n - 1) <= 0) byNetwork.TryRemove(new(network, 0));
    }
}
