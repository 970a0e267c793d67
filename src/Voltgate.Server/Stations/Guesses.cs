using System.Collections.Concurrent;
using System.Net;

namespace Voltgate.Server.Stations;

/// <summary>
/// Slows down who guesses stations' passwords (reliability A3): by the network that they come from, and all together.
/// A name alone is never counted, or anybody could keep a station out by knocking in its name; and who came in before
/// from a network is judged there although others used up what it may, until guesses at that very name did.
/// </summary>
internal sealed partial class Guesses(ServerOptions options, TimeProvider clock, ILogger<Guesses> log)
{
    private const int MostKnown = 100_000;
    private const string All = "";

    private readonly TokenBuckets? networks = options.Ocpp.FailedLoginsPerMinute == 0 ? null
        : new(options.Ocpp.FailedLoginsPerMinute, clock, options.Ocpp.FailedLoginBurst);

    private readonly TokenBuckets everybody =
        new(options.Ocpp.FailedLoginsPerSecond * 60, clock, options.Ocpp.FailedLoginsPerSecond);

    private readonly TokenBuckets told = new(1, clock);
    private readonly IPNetwork[] shared = [.. options.Server.SharedSources.Select(n => IPNetwork.Parse(n))];
    private readonly ConcurrentDictionary<string, bool> known = new(StringComparer.Ordinal);

    /// <summary>Zero: judge the password; else how long its sender has to wait.</summary>
    public TimeSpan Wait(IPAddress? address, string identity)
    {
        var network = Source.NetworkOf(address);
        var isShared = Source.IsIn(address, shared);
        var own = KeyOf(network, identity);
        if (known.ContainsKey(own)) return isShared || networks is null ? TimeSpan.Zero : networks.Wait(own);
        var wait = isShared || networks is null ? TimeSpan.Zero : networks.Wait(network);
        if (wait == TimeSpan.Zero) wait = everybody.Wait(All);
        if (wait > TimeSpan.Zero && told.Take(network) == TimeSpan.Zero) LogSlowed(network);
        return wait;
    }

    /// <summary>The password, or the name, was wrong.</summary>
    public void Failed(IPAddress? address, string identity)
    {
        everybody.Take(All);
        if (networks is null || Source.IsIn(address, shared)) return;
        var network = Source.NetworkOf(address);
        networks.Take(network);
        var own = KeyOf(network, identity);
        if (known.ContainsKey(own)) networks.Take(own);
    }

    public void CameIn(IPAddress? address, string identity)
    {
        if (known.Count >= MostKnown) known.Clear();
        known[KeyOf(Source.NetworkOf(address), identity)] = true;
    }

    private static string KeyOf(string network, string identity) => $"{network} {identity}";

    [LoggerMessage(LogLevel.Warning, "Stations' passwords are guessed from {Network}; it is slowed down.")]
    private partial void LogSlowed(string network);
}
