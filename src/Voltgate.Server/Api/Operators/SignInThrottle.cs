using System.Net;
using System.Net.Sockets;

namespace Voltgate.Server.Api;

/// <summary>
/// Slows down who guesses passwords (reliability A08): by source, and by account whatever the source. Sources from
/// which an account has signed in before are spared the second, so that guessing cannot keep its owner out.
/// </summary>
internal sealed class SignInThrottle(ServerOptions options, TimeProvider clock)
{
    private const int NetworkBytes = 8;

    private readonly TokenBuckets sources = new(options.Operators.SourceTriesPerMinute, clock);
    private readonly TokenBuckets accounts = new(options.Operators.AccountTriesPerMinute, clock);

    /// <summary>Null: go on.</summary>
    public Refusal? TakeSource(HttpContext http) => Answer(sources.Take(SourceOf(http)));

    /// <param name="email">Whether there is such an account or not: both are answered alike.</param>
    public Refusal? TakeAccount(string email) => Answer(accounts.Take(email));

    /// <summary>A success is no guess.</summary>
    public void Forgive(HttpContext http, string email)
    {
        sources.Return(SourceOf(http));
        accounts.Return(email);
    }

    public static Refusal TooMany(TimeSpan wait) => new(
        429, "too_many_attempts", "There were too many attempts; wait as long as Retry-After says.")
    { RetryAfterSeconds = TokenBuckets.Seconds(wait) };

    private static Refusal? Answer(TimeSpan wait) => wait == TimeSpan.Zero ? null : TooMany(wait);

    /// <summary>An IPv6 subscriber has a /64 to itself.</summary>
    private static string SourceOf(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 && !IPAddress.IsLoopback(address)
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, NetworkBytes))
            : address.ToString();
    }
}
