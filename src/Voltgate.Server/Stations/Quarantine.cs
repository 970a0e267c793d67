using System.Collections.Concurrent;
using System.Net.WebSockets;
using Dapper;
using Voltgate.Domain.Stations;
using Voltgate.Ocpp;
using Voltgate.Ocpp.Rpc;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;
using WireTime = Voltgate.Server.Resources.WireTime;

namespace Voltgate.Server.Stations;

/// <summary>
/// Where stations wait that nobody has created. They have no actor, so nothing can be ordered of them and nothing that
/// they say changes anything: BootNotification is answered Pending, all else refused (OCPP 1.6 §4.2).
/// </summary>
internal sealed class Quarantine(Database database, Committer committer, Entropy entropy, TimeProvider clock)
{
    public const WebSocketCloseStatus ComeAgain = (WebSocketCloseStatus)1012;

    private const int MostSockets = 100;
    private const int MostRows = 1_000;
    private const int RetrySeconds = 60;

    /// <summary>Nobody pings it: a socket that its station has forgotten must not stay.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    // One that was created since its handshake is no stranger: its row is gone, and must not come back.
    private static readonly string Put =
        "insert into unknown_stations (id, organization, identity, created_at, updated_at, body) "
        + "select $1, (select id from organizations where root = true), $2, $3, $4, $5 "
        + "where not exists (select 1 from chargestations where endpoint = $2 or static_endpoint = $2) "
        + "on conflict (identity) do update set updated_at = excluded.updated_at, body = excluded.body";

    private static readonly string Trim =
        "delete from unknown_stations where id in (select id from unknown_stations order by updated_at desc, id "
        + $"limit 1000000 offset {MostRows})";

    private readonly ConcurrentDictionary<RpcConnection, string> waiting = new();
    private int sockets;

    /// <summary>False: there are as many sockets as may be.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref sockets) <= MostSockets) return true;
        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref sockets);

    public async Task Run(WebSocket socket, HandshakeVerdict.Unknown station, string source)
    {
        await Note(station, source, null);
        using var life = new CancellationTokenSource(Life, clock);
        RpcConnection? self = null;
        using var rpc = new RpcConnection(
            socket, new RpcOptions { Rules = station.Dialect.Rules },
            call => Answer(station, source, call, () => self?.CloseAsync(ComeAgain, "connect again")), clock);
        waiting[self = rpc] = station.Identity;
        try
        {
            await rpc.RunAsync(life.Token);
        }
        finally
        {
            waiting.TryRemove(rpc, out _);
        }
    }

    /// <summary>The station of that identity is let go of: it comes again, and is judged anew.</summary>
    public async Task Release(string identity)
    {
        foreach (var (rpc, waits) in waiting)
            if (waits == identity) await rpc.CloseAsync(ComeAgain, "connect again");
    }

    private async ValueTask<OutboundAnswer> Answer(
        HandshakeVerdict.Unknown station, string source, Call call, Func<Task?> close)
    {
        switch (station.Dialect.Read(call.Action, call.Payload))
        {
            case Refused refused:
                return OutboundAnswer.Error(refused.Code, refused.Description);
            case Understood { Message: Booted boot } understood:
                // Created under its very name meanwhile: it is no stranger any more.
                if (await StationKeys.Find(database, station.Identity, CancellationToken.None) is not null)
                    _ = close();
                else await Note(station, source, boot.Info);
                return OutboundAnswer.Result(understood.Route.Answer(
                    new BootAnswered(false, entropy.NowMs, RetrySeconds) { IsPending = true }));
            default:
                return OutboundAnswer.Error(RpcErrorCode.SecurityError, "Nobody has adopted this station yet.");
        }
    }

    private async Task Note(HandshakeVerdict.Unknown station, string source, BootInfo? boot)
    {
        var known = await Known(station.Identity);
        var now = new WireTime(entropy.NowMs);
        var resource = new UnknownStationResource(
            known?.Id ?? entropy.NewId(), station.Identity, source, station.Dialect.Subprotocol,
            BootInfoResource.Of(boot) ?? known?.BootInfo, known?.CreatedAt ?? now, now);
        await committer.Commit(
        [
            Statement.Of(
                Put, resource.Id, station.Identity, resource.CreatedAt.Ms, now.Ms,
                Wire.Write(resource, WireContext.Default.UnknownStationResource)),
            Statement.Of(Trim),
        ]);
    }

    private async Task<UnknownStationResource?> Known(string identity)
    {
        await using var connection = await database.Open();
        return await connection.QueryFirstOrDefaultAsync<string>(
            "select body from unknown_stations where identity = @identity", new { identity }) is { } body
            ? Wire.Read(body, WireContext.Default.UnknownStationResource)
            : null;
    }
}
