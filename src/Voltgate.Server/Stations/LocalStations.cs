using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Threading.Channels;
using Voltgate.Domain.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Stations;

/// <summary>The stations of this process: one actor each, made when somebody asks for it.</summary>
internal sealed class LocalStations(StationShell shell)
{
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SettlePatience = TimeSpan.FromSeconds(5);

    private static readonly StationWork WritingFrames = new(new TimedOut()) { WritesFrames = true };

    private readonly ConcurrentDictionary<string, StationActor> actors = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<StationLink, string> links = new();
    private readonly ConcurrentDictionary<string, StationLink> standing = new(StringComparer.Ordinal);

    /// <summary>Open sockets and the stations they stand for.</summary>
    public IReadOnlyCollection<KeyValuePair<StationLink, string>> Links => links.ToArray();

    public int LinkCount => links.Count;

    /// <summary>
    /// Gives an order to a station and answers what it came to once that is durable. Null: no such station.
    /// </summary>
    /// <param name="alsoCommit">More rows for the same commit; asked for after the decision.</param>
    /// <exception cref="StoreUnavailableException">Nothing was kept.</exception>
    public async Task<OrderResult?> Order(
        string station, Order order, Func<OrderResult, IEnumerable<Statement>>? alsoCommit = null)
    {
        if (await Of(station) is not { } actor) return null;
        var outcome = await actor.Ask(new StationWork(new Ordered(order))
        {
            AlsoCommit = alsoCommit is null ? null : o => alsoCommit(o.Result!),
        });
        if (outcome.IsRemoved) Forget(station, actor);
        return outcome.Result;
    }

    /// <summary>The actor of a station, or null: unknown.</summary>
    public async Task<StationActor?> Of(string station)
    {
        if (actors.TryGetValue(station, out var known))
        {
            if (known.TryUse()) return known;
            actors.TryRemove(new(station, known)); // retired a moment ago
        }

        if (await shell.Stations.Load(station) is not { } stored) return null;
        var loaded = new StationActor(stored, shell);
        var actor = actors.GetOrAdd(station, loaded);
        if (!ReferenceEquals(actor, loaded)) loaded.End(); // somebody else was quicker
        return actor;
    }

    /// <summary>
    /// Lets a socket stand for its station, unless another one does and lives (quirks: pinged, 5 s). False: refused.
    /// </summary>
    public async Task<bool> Admit(StationActor actor, StationLink link)
    {
        var station = actor.Station.Id;
        // Of several that come at once one swaps itself in; the others look again, and find it.
        while (!standing.TryAdd(station, link))
        {
            if (!standing.TryGetValue(station, out var old)) continue;
            if (await old.Probe(ProbePatience))
            {
                await actor.Post(new StationWork(new Suspected(
                    "duplicate_connection",
                    "A second connection with the right credentials came while the first one lives.")));
                return false;
            }

            old.Abort();
            if (standing.TryUpdate(station, link, old)) break;
        }

        links[link] = station;
        await actor.Post(new StationWork(new LinkUp(link.Dialect.Subprotocol, link.Proof.By)
        {
            Password = link.Proof.Password,
        })
        { Link = link });
        return true;
    }

    public async Task Leave(StationActor actor, StationLink link)
    {
        standing.TryRemove(new(actor.Station.Id, link));
        await shell.Errands.Brought(link); // a station that is told to reset answers, and is gone
        await actor.Farewell(link);
        links.TryRemove(link, out _);
    }

    /// <summary>Somebody is connected by a certificate.</summary>
    public bool StandByCertificates => links.Any(l => l.Key.Proof.Fingerprint is not null);

    /// <summary>Cuts the connections that stand by one of these certificates.</summary>
    /// <param name="fingerprints">As <see cref="ClientCertificates.FingerprintOf"/> writes them.</param>
    public void Cut(IReadOnlySet<string> fingerprints)
    {
        foreach (var (link, _) in links)
            if (link.Proof.Fingerprint is { } shown && fingerprints.Contains(shown)) link.Abort();
    }

    /// <summary>Frames of a station that wait in this process are in the log then.</summary>
    public async Task WriteFrames(string station)
    {
        if (!actors.TryGetValue(station, out var actor) || !actor.Frames.Loose.Any) return;
        try
        {
            await actor.Ask(WritingFrames);
        }
        catch (Exception e) when (e is StoreUnavailableException or ChannelClosedException)
        {
            // They wait on, or the station is gone; what lies in the log can be read all the same.
        }
    }

    /// <summary>Frames that have waited long enough are to be written.</summary>
    public async Task WriteDueFrames()
    {
        var nowMs = shell.Entropy.NowMs;
        foreach (var actor in actors.Values)
            if (actor.Frames.Loose.IsDue(nowMs) && !actor.IsEnding) await actor.Post(WritingFrames);
    }

    /// <summary>Wakes every station that something is due for.</summary>
    public async Task WakeDue(CancellationToken cancel)
    {
        foreach (var station in await shell.Stations.Due(shell.Entropy.NowMs, cancel))
            if (await Of(station) is { } actor) await actor.Ask(new StationWork(new TimedOut()));
    }

    /// <summary>After a restart nobody is connected yet; the store is told so, station by station.</summary>
    public async Task Reset(CancellationToken cancel)
    {
        foreach (var station in await shell.Stations.Online(cancel))
            if (await Of(station) is { Link: null } actor) await actor.Post(new StationWork(new LinkDown()));
    }

    /// <summary>Lets go of actors that nobody has used for a while.</summary>
    public void Trim(TimeSpan unused)
    {
        foreach (var entry in actors)
            if (entry.Value.TryRetire(unused)) actors.TryRemove(entry);
    }

    /// <summary>Closes every socket with 1012, spread so that the stations do not all redial at once.</summary>
    public async Task Drain(TimeSpan spread, CancellationToken cancel)
    {
        var open = links.Keys.ToArray();
        RandomNumberGenerator.Shuffle(open.AsSpan());
        var step = open.Length == 0 ? TimeSpan.Zero : spread / Math.Max(open.Length, 200);
        var closing = new List<Task>(open.Length);
        foreach (var link in open)
        {
            closing.Add(link.Close((WebSocketCloseStatus)1012, "service restart"));
            // The host's patience, which is real time, ends the wait even where the clock stands still.
            await Task.Delay(step, shell.Clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(closing);
        await Settle().WaitAsync(SettlePatience, TimeProvider.System, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Every farewell is in its mailbox, and every mailbox is worked off.</summary>
    private async Task Settle()
    {
        while (!links.IsEmpty) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        foreach (var station in actors.Keys) await WriteFrames(station);
        foreach (var actor in actors.Values) actor.End();
        await Task.WhenAll(actors.Values.Select(a => a.Running));
    }

    private void Forget(string station, StationActor actor)
    {
        actors.TryRemove(station, out _);
        actor.Link?.Abort();
        actor.End();
    }
}
