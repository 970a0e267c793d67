using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Voltgate.Domain.Access;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Stations;

/// <summary>
/// The first beat: reads what the decision needs to know beyond the station itself, and nothing more.
/// </summary>
internal sealed class Gatherer(
    StationStore stations, SessionStore sessions, TokenStore tokens, Entropy entropy, ServerOptions options)
{
    private readonly Rules rules = new(
        options.Sessions.StartTimeoutSeconds * 1000L,
        options.Sessions.DefaultTimeMinutes * 60_000L,
        options.Sessions.CommandTimeoutSeconds * 1000L,
        options.Sessions.EndAfterBootHours * 3_600_000L,
        options.Sessions.EndWhenAvailableHours * 3_600_000L,
        options.Sessions.EndWhenSilentHours * 3_600_000L,
        AllowConcurrentTokens: options.Sessions.AllowConcurrentTokens);

    private readonly long bornAtMs = entropy.NowMs;

    public async ValueTask<Known> Gather(ChargeStation station, StationInput input) => input switch
    {
        Said { Message: MeterReported m } => await Meter(station, m),
        Said { Message: ConnectorReported } => Fresh(),
        Said { Message: TransactionStarted m } => await Start(station, m),
        Said { Message: TransactionEnded m } => await End(station, m),
        Said { Message: TransactionTold m } => await Told(station, m),
        Said { Message: Pulsed } when ArrivalMachine.Overdue(station, entropy.NowMs) is { } waiting =>
            await Begin(station, ArrivalMachine.BeginningOf(station, waiting)),
        Said { Message: TokenPresented m } => await Token(station, Fresh(), m.IdTag),
        Said { Message: Booted } => await Late(station, Plain() with
        {
            HeartbeatSeconds = Jitter(options.Ocpp.HeartbeatIntervalSeconds),
        }),
        Said { Message: CertificateWanted m } => Plain() with
        {
            SigningFault = m.Use is { } use
                ? SigningRequest.FaultOf(m.Csr, use, options.Contracts)
                : SigningRequest.FaultOf(m.Csr, station, options.Ocpp),
        },
        TimedOut => await Late(station, Plain()),
        Ordered { Order: StartSession o } => await Tariff(
            station, Fresh(), station.ConnectorById(o.Connector), entropy.NowMs),
        Ordered { Order: RunCommand or AddConnector or MakeReservation or WriteList } => Fresh(),
        LinkUp or Answered { Errand.Kind: ErrandKind.Start } => await Unheard(station),
        _ => Plain(),
    };

    private Known Plain() => new(rules, default);

    private Known Fresh() => new(rules, new Spare(entropy.NewId(), entropy.NewId(), entropy.NewNumber()));

    private async ValueTask<Known> Unheard(ChargeStation station) =>
        station.Sessions.Any(s => s.Status == SessionStatus.Created && s.CreatedAtMs < bornAtMs)
            ? Plain() with { Unheard = await sessions.Unheard(station.Id, bornAtMs) }
            : Plain();

    private async ValueTask<Known> Meter(ChargeStation station, MeterReported message)
    {
        if (message.Number is not { } number || number <= 0 || IsOpen(station, number))
            return await Raw(station, Plain());
        var prior = await sessions.ByNumber(station.Id, number);
        return Plain() with
        {
            Prior = prior,
            IsForeign = prior is null && await sessions.IsForeign(station.Id, number),
        };
    }

    private async ValueTask<Known> Start(ChargeStation station, TransactionStarted message)
    {
        var key = TransactionMachine.KeyOf(message);
        return station.Sessions.Any(s => s.StartKey == key)
            ? await Token(station, await Late(station, Fresh(), message.At), message.IdTag)
            : await Begin(station, message) with { Prior = await sessions.ByStartKey(station.Id, key) };
    }

    private async ValueTask<Known> Told(ChargeStation station, TransactionTold message)
    {
        if (EventMachine.OpenOf(station, message.Transaction) is { } open) return await Piece(station, open, message);
        var beginning = ArrivalMachine.BeginningOf(station, ArrivalMachine.With(station, message, entropy.NowMs));
        var known = await Begin(station, beginning) with
        {
            Prior = await sessions.Newest(station.Id, EventMachine.KeyOf(message.Transaction)),
        };
        known = await Raw(station, known);
        return message.IdTag is { } tag && !string.Equals(tag, beginning.IdTag, StringComparison.OrdinalIgnoreCase)
            ? await Shown(station, known, tag)
            : known;
    }

    /// <summary>Of most pieces nothing needs to be known: they show no token and begin nothing.</summary>
    private async ValueTask<Known> Piece(ChargeStation station, Session open, TransactionTold message)
    {
        var known = await Raw(station, await Late(station, Plain(), message.At));
        return message.IdTag switch
        {
            null => known,
            var tag when open.IdTag.Length == 0 => await Token(station, known, tag),
            var tag => await Shown(station, known, tag),
        };
    }

    private async ValueTask<Known> Shown(ChargeStation station, Known known, string tag) =>
        known with { Shown = new ShownToken(await tokens.Facts(station.Organization, tag)) };

    /// <summary>Whose session begins there then, what it costs, and the place that was kept for it.</summary>
    private async ValueTask<Known> Begin(ChargeStation station, TransactionStarted message)
    {
        var known = await Late(station, Fresh(), message.At);
        // Of 2.x it may be nobody's yet.
        if (message.IdTag.Length > 0) known = await Token(station, known, message.IdTag);
        var place = TransactionMachine.PlaceOf(station, message.Place);
        known = await Tariff(station, known, station.ConnectorAt(place), message.At.Or(entropy.NowMs));
        return message.ReservationId is { } number && !station.Reservations.Any(r => r.Number == number)
            ? known with { Lapsed = await stations.Reservation(station.Id, number) }
            : known;
    }

    private async ValueTask<Known> End(ChargeStation station, TransactionEnded message)
    {
        var known = await Late(station, Plain(), message.At);
        if (message.Readings.Length > 0) known = await Raw(station, known);
        if (message.IdTag is { } tag) known = known with { Token = await tokens.Facts(station.Organization, tag) };
        if (message.Number <= 0 || IsOpen(station, message.Number)) return known;
        var prior = await sessions.ByNumber(station.Id, message.Number);
        return known with
        {
            Prior = prior,
            IsForeign = prior is null && await sessions.IsForeign(station.Id, message.Number),
        };
    }

    private async ValueTask<Known> Token(ChargeStation station, Known known, string idTag)
    {
        var token = await tokens.Facts(station.Organization, idTag);
        return known with
        {
            Token = token,
            TokenChargesElsewhere = token is not null && await sessions.ChargesElsewhere(token.Id, station.Id),
        };
    }

    /// <summary>The tenant's word on late bills, where the message, or a session it may close, is old.</summary>
    private async ValueTask<Known> Late(ChargeStation station, Known known, StationTime? said = null)
    {
        var nowMs = entropy.NowMs;
        var isOld = said is { } at && LateBilling.IsCalledFor(at.Or(nowMs), nowMs) || station.Sessions.Any(
            s => s.Status == SessionStatus.Started && LateBilling.IsCalledFor(s.LastMeterAtMs, nowMs));
        return isOld ? known with { Late = await stations.LateBilling(station.Organization) } : known;
    }

    /// <summary>What the connector costs at that time: an offline session is billed by the rate valid then.</summary>
    private async ValueTask<Known> Tariff(
        ChargeStation station, Known known, Connector? connector, long atMs) => known with
        {
            Plan = await stations.Plan(connector?.Settings.Rate, atMs),
            TimeZone = await stations.TimeZone(station.Settings.Location),
        };

    private async ValueTask<Known> Raw(ChargeStation station, Known known) =>
        await stations.WantsRaw(station.Organization, entropy.NowMs) ? known with { KeepsRaw = true } : known;

    private static bool IsOpen(ChargeStation station, int number) => station.Sessions.Any(s => s.Number == number);

    // Limits §11: ±10 %, so that a fleet that booted together does not pulse together.
    private static int Jitter(int seconds) =>
        seconds < 10 ? seconds : seconds * RandomNumberGenerator.GetInt32(900, 1101) / 1000;
}

/// <summary>Reads tokens for decisions.</summary>
internal sealed class TokenStore(Database database)
{
    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string PhysicalId { get; init; } = "";

        public string Type { get; init; } = "";

        public string? Driver { get; init; }

        public bool Active { get; init; }

        public bool? UserActive { get; init; }

        public long? ExpiresAt { get; init; }

        public string Body { get; init; } = "";
    }

    private const string Columns =
        "select t.id as Id, t.physical_id as PhysicalId, t.type as Type, t.driver as Driver, t.active as Active, "
        + "u.active as UserActive, t.expires_at as ExpiresAt, t.body as Body "
        + "from tokens t left join users u on u.id = t.driver ";

    /// <summary>The token of a tag; its case does not matter (OCPP 1.6 §7.15). Null: unknown.</summary>
    public Task<TokenFacts?> Facts(string organization, string tag) => First(
        Columns + "where t.organization = @organization and lower(t.physical_id) = lower(@tag)",
        new { organization, tag });

    /// <summary>The virtual token that API starts of this user carry, or null.</summary>
    public Task<TokenFacts?> VirtualOf(string organization, string user) => First(
        Columns + "where t.organization = @organization and t.driver = @user and t.type = 'Central' order by "
            + "t.created_at",
        new { organization, user });

    /// <summary>Those of the organisation's tokens that have one of the ids.</summary>
    public async Task<IEnumerable<TokenFacts>> Facts(string organization, string[] ids)
    {
        if (ids.Length == 0) return [];
        await using var connection = await database.Open();
        var values = new DynamicParameters(new { organization });
        var rows = await connection.QueryAsync<Row>(
            Columns + "where t.organization = @organization and t.id in " + InList.Of(values, ids), values);
        return rows.Select(Word);
    }

    private async Task<TokenFacts?> First(string sql, object parameters)
    {
        await using var connection = await database.Open();
        return await connection.QueryFirstOrDefaultAsync<Row>(sql, parameters) is { } row ? Word(row) : null;
    }

    private static TokenFacts Word(Row row)
    {
        using var body = JsonDocument.Parse(row.Body);
        return new TokenFacts(
            row.Id, row.PhysicalId, row.Type, row.Driver, row.Active, row.Driver is null || row.UserActive == true,
            row.ExpiresAt)
        {
            Group = body.RootElement.TryGetProperty("group", out var group) ? group.GetString() : null,
            AllowsConcurrent =
                body.RootElement.TryGetProperty("allow_concurrent", out var allows) ? allows.GetBoolean() : null,
        };
    }
}
