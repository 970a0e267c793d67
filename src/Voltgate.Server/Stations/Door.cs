using Microsoft.AspNetCore.Http.Features;

namespace Voltgate.Server.Stations;

/// <summary>
/// Before and after a handshake is judged: whether there is room, whether too much was guessed, whether it comes again
/// too soon. What is refused here costs no look into the store.
/// </summary>
internal sealed class Door(
    Handshake handshake, Guesses guesses, LocalStations stations, ServerOptions options, TimeProvider clock)
{
    private readonly TokenBuckets? connects =
        options.Ocpp.ConnectsPerMinute == 0 ? null : new(options.Ocpp.ConnectsPerMinute, clock);

    public async Task<HandshakeVerdict> Judge(HttpContext http)
    {
        if (stations.LinkCount >= options.Ocpp.MaxConnections)
            return new HandshakeVerdict.Refused(
                503, "This server has as many stations as it takes.", new Attempt("server_full"))
            {
                RetryAfterSeconds = 30,
            };
        var address = http.Connection.RemoteIpAddress;
        var identity = Identity.Of(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget) ?? "";
        if (guesses.Wait(address, identity) is { Ticks: > 0 } wait)
            return TooMany(
                wait, "Too many wrong passwords came from your network; wait as long as Retry-After says.",
                new Attempt("too_many_failures"));

        var verdict = await handshake.Judge(http, http.RequestAborted);
        if (verdict is HandshakeVerdict.Refused { Status: 401 }) guesses.Failed(address, identity);
        if (verdict is not HandshakeVerdict.Welcome welcome) return verdict;
        guesses.CameIn(address, identity);
        // By network, too: a station without a password must not be kept out by whoever takes its name.
        return connects?.Take($"{Source.NetworkOf(address)} {welcome.Station}") is { Ticks: > 0 } pause
            ? TooMany(
                pause, "This station connects too often; wait as long as Retry-After says.",
                welcome.Attempt with { Code = "connects_too_often", Detail = $"{options.Ocpp.ConnectsPerMinute}" })
            : welcome;
    }

    private static HandshakeVerdict.Refused TooMany(TimeSpan wait, string reason, Attempt attempt) =>
        new(429, reason, attempt) { RetryAfterSeconds = TokenBuckets.Seconds(wait) };
}
