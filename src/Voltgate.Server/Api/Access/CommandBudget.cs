using System.Collections.Concurrent;

namespace Voltgate.Server.Api;

/// <summary>
/// How many commands a key may give a minute (Api:CommandsPerMinute), so that one that fell into wrong hands, or a loop
/// gone wild, does not switch a whole fleet at once (reliability O35). What is not used is saved up for one minute.
/// </summary>
internal sealed class CommandBudget(ServerOptions options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Purse> purses = new(StringComparer.Ordinal);

    /// <summary>Takes one command out of the key's purse; the refusal where it is empty.</summary>
    public Refusal? Take(Caller caller)
    {
        var perMinute = options.Api.CommandsPerMinute;
        var purse = purses.GetOrAdd(caller.Key, _ => new Purse(perMinute, clock));
        if (purse.Take() is not { } seconds) return null;
        return new Refusal(
            429, "too_many_requests", $"This key may give {perMinute} commands a minute; go on in {seconds} s.")
        { RetryAfterSeconds = seconds };
    }

    private sealed class Purse(int perMinute, TimeProvider clock)
    {
        private readonly Lock gate = new();
        private decimal commands = perMinute;
        private long lookedAt = clock.GetTimestamp();

        /// <summary>Null: one was taken. Else the seconds until there is one.</summary>
        public int? Take()
        {
            lock (gate)
            {
                var now = clock.GetTimestamp();
                var minutes = (decimal)clock.GetElapsedTime(lookedAt, now).Ticks / TimeSpan.TicksPerMinute;
                (commands, lookedAt) = (Math.Min(commands + (minutes * perMinute), perMinute), now);
                if (commands < 1) return (int)Math.Ceiling((1 - commands) * 60 / perMinute);
                commands--;
                return null;
            }
        }
    }
}
