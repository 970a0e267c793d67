using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Voltgate.Ocpp.Rpc;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Stations;

/// <summary>Where stations connect: <c>/ocpp/{endpoint}</c>, and the older form <c>/{endpoint}</c>.</summary>
internal static class StationRoutes
{
    // RFC 6455 §1.3
    private const string AcceptGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    public static void AddStations(this IServiceCollection services)
    {
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<SessionStore>().AddSingleton<ReservationStore>();
        services.AddSingleton<StationStore>().AddSingleton<TokenStore>();
        services.AddSingleton<EventReader>();
        services.AddSingleton<StationPasswords>().AddSingleton<AuthorityFile>().AddSingleton<ClientCertificates>();
        services.AddSingleton<CertificateBook>().AddSingleton<Admission>().AddSingleton<Handshake>();
        services.AddSingleton<Quarantine>();
        services.AddSingleton(AuthorityOf).AddSingleton(ContractsOf).AddSingleton<CertificateMakers>();
        services.AddSingleton<SigningBook>().AddHostedService<SigningDesk>();
        services.AddSingleton<Alarms>().AddHostedService<CertificateWatch>();
        services.AddSingleton<Guests>().AddSingleton<Guesses>().AddSingleton<Door>();
        services.AddSingleton<AttemptBook>().AddHostedService(s => s.GetRequiredService<AttemptBook>());
        services.AddSingleton<Gatherer>().AddSingleton<EventWording>().AddSingleton<StationWriter>();
        services.AddSingleton<StationBirth>().AddSingleton<StationViews>();
        services.AddSingleton<Errands>().AddSingleton<QuirkBook>();
        services.AddSingleton(s => new StationShell(
            s.GetRequiredService<Gatherer>(), s.GetRequiredService<StationWriter>(),
            s.GetRequiredService<StationStore>(),
            s.GetRequiredService<Committer>())
        {
            Entropy = s.GetRequiredService<Entropy>(),
            Clock = s.GetRequiredService<TimeProvider>(),
            Options = s.GetRequiredService<ServerOptions>(),
            Quirks = s.GetRequiredService<QuirkBook>(),
            Errands = s.GetRequiredService<Errands>(),
            Log = s.GetRequiredService<ILogger<StationActor>>(),
        });
        services.AddSingleton<LocalStations>().AddSingleton<HoursKeeper>();
        services.AddSingleton<LoadGroups>();
        services.AddHostedService<StationClock>().AddHostedService<LoadKeeper>();
    }

    private static ICertificateAuthority AuthorityOf(IServiceProvider services) =>
        services.GetRequiredService<ServerOptions>().Ocpp.CertificateAuthority switch
        {
            "development" => ActivatorUtilities.CreateInstance<DevelopmentAuthority>(services),
            _ => ActivatorUtilities.CreateInstance<CommandAuthority>(services),
        };

    private static IContractProvider ContractsOf(IServiceProvider services) =>
        services.GetRequiredService<ServerOptions>().Contracts.Provider switch
        {
            "" => new NoContracts(),
            "development" => ActivatorUtilities.CreateInstance<DevelopmentContracts>(services),
            _ => ActivatorUtilities.CreateInstance<RemoteContracts>(
                services, new HttpMessageInvoker(new SocketsHttpHandler
                {
                    UseProxy = false, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                })),
        };

    public static void Map(WebApplication app)
    {
        app.Map("/ocpp/{**endpoint}", Connect);
        // The older form, for upgrades only: anything else there is an unknown path of the API.
        app.UseWhen(
            http => http.Features.Get<IHttpUpgradeFeature>()?.IsUpgradableRequest == true && http.GetEndpoint() is null,
            branch => branch.Run(Connect));
    }

    /// <summary>A connection's story: judged, accepted, run, and in the end unregistered.</summary>
    private static async Task Connect(HttpContext http)
    {
        var services = http.RequestServices;
        var stations = services.GetRequiredService<LocalStations>();
        var options = services.GetRequiredService<ServerOptions>();
        var (book, source) = (services.GetRequiredService<AttemptBook>(), Source.Of(http.Connection.RemoteIpAddress));
        var verdict = await services.GetRequiredService<Door>().Judge(http);
        if (verdict is HandshakeVerdict.Unknown unknown)
        {
            if (await Isolate(http, unknown, source)) return;
            verdict = Handshake.Unauthorized(unknown.Attempt with { Code = "unknown_station" });
        }

        if (verdict is not HandshakeVerdict.Welcome welcome || await stations.Of(welcome.Station) is not { } actor)
        {
            book.Note(verdict.Attempt, source);
            await services.GetRequiredService<Alarms>().Raise(verdict.Attempt);
            await Refuse(http, verdict as HandshakeVerdict.Refused ?? Handshake.Unauthorized(verdict.Attempt));
            return;
        }

        // Known before it is let in: whoever revokes it finds the connection.
        if (welcome.Proof.Certificate is not null)
            await services.GetRequiredService<CertificateBook>().Note(actor.Station, welcome.Proof.Certificate);
        var clock = services.GetRequiredService<TimeProvider>();
        var wire = Tap(await Upgrade(http, welcome.Subprotocol), http, options.Ocpp, clock);
        using var socket = SocketOver(wire, welcome.Subprotocol);
        var desk = new StationDesk(
            actor, services.GetRequiredService<IContractProvider>(), clock,
            services.GetRequiredService<ILogger<StationDesk>>());
        using var link = new StationLink(socket, wire, welcome.Dialect, options.Ocpp, desk) { Proof = welcome.Proof };
        if (await stations.Admit(actor, link))
        {
            http.Features.Get<Guest>()?.Leave();
            book.Note(welcome.Attempt, source);
            if (await Run(stations, actor, link, desk) is { Breach: { } breach } end)
                book.Note(welcome.Attempt with { Code = Attempt.CodeOf(breach), Detail = end.Reason }, source);
            return;
        }

        book.Note(welcome.Attempt with { Code = "duplicate", Detail = "" }, source);
        await link.Close((WebSocketCloseStatus)4009, "this station is connected already");
        await link.Run();
    }

    private static TappedStream Tap(Stream stream, HttpContext http, OcppSection limits, TimeProvider clock) => new(
        stream, clock,
        new Pace(limits.BytesPerSecond, Math.Max(limits.BytesPerSecond, limits.MaxMessageBytes), clock),
        new Pace(limits.MessagesPerSecond, limits.MessageBurst, clock), http.Abort);

    /// <summary>A station that nobody created; false: there are as many of them as may be.</summary>
    private static async Task<bool> Isolate(HttpContext http, HandshakeVerdict.Unknown unknown, string source)
    {
        var services = http.RequestServices;
        var quarantine = services.GetRequiredService<Quarantine>();
        if (!quarantine.TryEnter()) return false;
        try
        {
            services.GetRequiredService<AttemptBook>().Note(unknown.Attempt, source);
            using var socket = SocketOver(await Upgrade(http, unknown.Subprotocol), unknown.Subprotocol);
            await quarantine.Run(socket, unknown, source);
            return true;
        }
        finally
        {
            quarantine.Leave();
        }
    }

    private static WebSocket SocketOver(Stream stream, string? subprotocol) => WebSocket.CreateFromStream(
        stream, new WebSocketCreationOptions
        {
            IsServer = true, SubProtocol = subprotocol, KeepAliveInterval = TimeSpan.Zero,
        });

    private static async Task<RpcEnd> Run(
        LocalStations stations, StationActor actor, StationLink link, StationDesk desk)
    {
        try
        {
            var end = await link.Run();
            desk.Note(end);
            return end;
        }
        finally
        {
            await stations.Leave(actor, link);
        }
    }

    [SuppressMessage("Security", "CA5350", Justification = "RFC 6455 §4.2.2 demands SHA-1; nothing is secured by it.")]
    private static Task<Stream> Upgrade(HttpContext http, string? subprotocol)
    {
        var (request, response) = (http.Request.Headers, http.Response.Headers);
        response.Connection = "Upgrade";
        response.Upgrade = "websocket";
        response.SecWebSocketAccept = Convert.ToBase64String(
            SHA1.HashData(Encoding.ASCII.GetBytes(request.SecWebSocketKey.ToString().Trim() + AcceptGuid)));
        if (subprotocol is not null) response.SecWebSocketProtocol = subprotocol;
        return http.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }

    private static Task Refuse(HttpContext http, HandshakeVerdict.Refused refused)
    {
        http.Response.StatusCode = refused.Status;
        if (refused.Status == 401) http.Response.Headers.WWWAuthenticate = "Basic realm=\"ocpp\"";
        if (refused.Status == 405) http.Response.Headers.Allow = "GET";
        if (refused.Status == 426) http.Response.Headers.Upgrade = "websocket";
        if (refused.RetryAfterSeconds is { } wait) http.Response.Headers.RetryAfter = $"{wait}";
        http.Response.ContentType = "text/plain";
        return http.Response.WriteAsync(refused.Reason + "\n");
    }
}
