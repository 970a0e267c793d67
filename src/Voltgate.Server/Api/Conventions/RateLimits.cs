using System.Collections.Concurrent;

namespace Voltgate.Server.Api;

/// <summary>
/// How often a caller may ask: a bucket of requests and a smaller one of writes for each key, refilled all the time
/// (reliability A13). Every answer tells what is left: <c>RateLimit-Limit</c>, <c>-Remaining</c>, <c>-Reset</c> (s).
/// </summary>
internal sealed class RateLimits(ServerOptions options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<(string Caller, bool Writes), Bucket> buckets = new();

    /// <summary>Null: go on. Whoever is refused is told when one more request will do.</summary>
    public Refusal? Take(HttpContext http, string caller, bool writes)
    {
        var now = clock.GetTimestamp();
        var all = Of(caller, false, options.Api.RequestsPerMinute, now);
        var some = writes ? Of(caller, true, options.Api.WritesPerMinute, now) : null;
        // A refused write costs nothing: a client that waits as it is told gets through.
        if (all?.Wait(now) is { } wait) return Refused(http, all, now, wait, "requests");
        if (some?.Wait(now) is { } later) return Refused(http, some, now, later, "writes");
        all?.Take();
        some?.Take();
        Tell(http, some is { } tighter && (all is null || tighter.Left < all.Left) ? tighter : all);
        return null;
    }

    private Bucket? Of(string caller, bool writes, int perMinute, long now) => perMinute == 0
        ? null
        : buckets.GetOrAdd((caller, writes), _ => new Bucket(perMinute, now, clock));

    private static Refusal Refused(HttpContext http, Bucket bucket, long now, TimeSpan wait, string what)
    {
        Tell(http, bucket);
        return new Refusal(
            429, "rate_limited", $"This key may make {bucket.PerMinute} {what} a minute; wait as Retry-After says.")
        {
            RetryAfterSeconds = (int)Math.Ceiling(wait.TotalSeconds),
        };
    }

    private static void Tell(HttpContext http, Bucket? bucket)
    {
        if (bucket is null) return;
        var (left, reset) = bucket.Standing();
        http.Response.Headers["RateLimit-Limit"] = bucket.PerMinute.ToString();
        http.Response.Headers["RateLimit-Remaining"] = left.ToString();
        http.Response.Headers["RateLimit-Reset"] = reset.ToString();
    }

    /// <summary>Holds a minute's worth and is refilled evenly.</summary>
    private sealed class Bucket(int perMinute, long bornAt, TimeProvider clock)
    {
        private readonly Lock gate = new();
        private double left = perMinute;
        private long filledAt = bornAt;

        public int PerMinute => perMinute;

        public double Left
        {
            get
            {
                lock (gate) return left;
            }
        }

        /// <summary>Null: one can be taken now; else when it can.</summary>
        public TimeSpan? Wait(long now)
        {
            lock (gate)
            {
                if (now > filledAt)
                {
                    var minutes = clock.GetElapsedTime(filledAt, now).TotalMinutes;
                    (left, filledAt) = (Math.Min(perMinute, left + minutes * perMinute), now);
                }

                return left >= 1 ? null : TimeSpan.FromMinutes((1 - left) / perMinute);
            }
        }

        public void Take()
        {
            lock (gate) left--;
        }

        /// <summary>What is left, and in how many seconds it is full again.</summary>
        public (int Left, int ResetSeconds) Standing()
        {
            lock (gate) return ((int)Math.Max(0, left), (int)Math.Ceiling((perMinute - left) * 60 / perMinute));
        }
    }
}
