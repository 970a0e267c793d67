using System.ComponentModel;
using System.Data.Common;
using System.Security.Cryptography.X509Certificates;
using Dapper;
using Voltgate.Domain.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Stations;

/// <summary>
/// Has certificates made for stations that asked, and brings them there. Each step is a row first, so whatever dies,
/// the next start goes on: wanted, signed, sent, installed; failed where the station did not take it.
/// </summary>
internal sealed partial class SigningDesk(
    CertificateMakers makers, SigningBook book, LocalStations stations, TimeProvider clock,
    ILogger<SigningDesk> log) : BackgroundService
{
    public const string ActionType = "chargestation.certificate_signed";

    private const int MostTries = 10;
    private const long MinuteMs = 60_000;

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await makers.Open(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Beat, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                foreach (var request in await book.Due(stoppingToken)) await Bring(request, stoppingToken);
            }
            catch (Exception e) when (e is DbException or StoreUnavailableException)
            {
                LogStuck(e);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private Task Bring(SigningRow request, CancellationToken cancel) => request.Status switch
    {
        "wanted" => Sign(request, cancel),
        "signed" => Send(request, cancel),
        _ => Look(request),
    };

    private async Task Sign(SigningRow request, CancellationToken cancel)
    {
        try
        {
            var chain = await makers.Sign(request, cancel);
            using var made = X509Certificate2.CreateFromPem(chain);
            await book.Signed(request, chain, made);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or IOException)
        {
            LogUnsigned(request.Chargestation, e.Message);
            await Retry(request, "wanted");
        }
    }

    private async Task Send(SigningRow request, CancellationToken cancel)
    {
        using var made = X509Certificate2.CreateFromPem(request.Chain!);
        if (await book.IsRevoked(made, cancel))
        {
            await book.Become(request, "failed", null);
            return;
        }

        var order = new RunCommand(ActionType, request.ToCommand(), null, "{}");
        var result = await stations.Order(
            request.Chargestation, order,
            r => r is ActionOrdered ordered ? [book.Sent(request, ordered.Action.Id)] : []);
        if (result is not ActionOrdered) await book.Become(request, "signed", 10_000); // not there now; asked again
    }

    /// <summary>What has become of the command: a clear no ends it, a lost link does not.</summary>
    private async Task Look(SigningRow request)
    {
        switch (await book.ActionOf(request))
        {
            case { Status: ActionStatus.Completed }:
                await book.Become(request, "installed", null);
                break;
            case { Status: ActionStatus.Failed, Failure.Code: "chargestation_offline" or "timeout" }:
                await Retry(request, "signed");
                break;
            case { Status: ActionStatus.APIRequested or ActionStatus.Requested }:
                await book.Become(request, "sent", 5_000);
                break;
            default:
                await book.Become(request, "failed", null);
                break;
        }
    }

    private Task Retry(SigningRow request, string status) => request.Tries + 1 >= MostTries
        ? book.Become(request, "failed", null)
        : book.Become(request, status, MinuteMs << (int)Math.Min(request.Tries, 6), tried: true);

    [LoggerMessage(LogLevel.Warning, "Certificate requests could not be worked on; it is tried again.")]
    private partial void LogStuck(Exception e);

    [LoggerMessage(LogLevel.Error, "Station {Station}: no certificate was made. {Reason}")]
    private partial void LogUnsigned(string station, string reason);
}

/// <summary>Who makes which certificate.</summary>
internal sealed class CertificateMakers(ICertificateAuthority own, IContractProvider contracts)
{
    public async Task Open(CancellationToken cancel)
    {
        await own.Open(cancel);
        await contracts.Open(cancel);
    }

    /// <exception cref="InvalidOperationException">It could not be made; worth another try later.</exception>
    public Task<string> Sign(SigningRow request, CancellationToken cancel) => request.UsedFor is null
        ? own.Sign(request.Csr, cancel)
        : contracts.Sign(request.Chargestation, request.Csr, cancel);
}

/// <summary>A row of signing_requests.</summary>
internal sealed class SigningRow
{
    public string Id { get; init; } = "";

    public string Organization { get; init; } = "";

    public string Chargestation { get; init; } = "";

    public string Csr { get; init; } = "";

    public string Status { get; init; } = "";

    public string? Chain { get; init; }

    public string? Action { get; init; }

    public long Tries { get; init; }

    /// <summary>The version's own word; null: the station's connection.</summary>
    public string? UsedFor { get; init; }

    public int? Number { get; init; }

    /// <summary>What brings the certificate to the station.</summary>
    public CarryCertificate ToCommand() => new(Chain!) { Use = UsedFor, Request = Number };
}

/// <summary>A row of authorities.</summary>
internal sealed class AuthorityRow
{
    public string Certificate { get; init; } = "";

    public string KeySealed { get; init; } = "";
}

/// <summary>The certificates that stations asked for, as they lie in the store.</summary>
internal sealed class SigningBook(Database database, Committer committer, CertificateBook certificates, Entropy entropy)
{
    private const int AtOnce = 20;

    public async Task<IReadOnlyList<SigningRow>> Due(CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return (await connection.QueryAsync<SigningRow>(
            "select id as Id, organization as Organization, chargestation as Chargestation, csr as Csr, "
            + "status as Status, chain as Chain, action as Action, tries as Tries, used_for as UsedFor, "
            + "number as Number from signing_requests "
            + $"where due_at <= @now order by due_at limit {AtOnce}", new { now = entropy.NowMs })).AsList();
    }

    public Task Signed(SigningRow request, string chain, X509Certificate2 made) => committer.Commit(
    [
        Statement.Of(
            "update signing_requests set status = 'signed', chain = $2, serial = $4, due_at = $3, updated_at = $3 "
            + "where id = $1 and chain is null", request.Id, chain, entropy.NowMs, SerialOf(made.SerialNumber)),
        // By those for other uses no station comes here.
        .. request.UsedFor is null
            ? [certificates.Record(request.Organization, request.Chargestation, made, "issued")]
            : Array.Empty<Statement>(),
    ]);

    /// <summary>Whether a certificate of that number (hexadecimal) was made for a station.</summary>
    public async Task<bool> HasMade(string serial)
    {
        await using var connection = await database.Open();
        return await connection.ExecuteScalarAsync<long>(
            "select count(*) from signing_requests where serial = @serial", new { serial = SerialOf(serial) }) > 0;
    }

    // Written with leading zeros, and without.
    private static string SerialOf(string serial) => serial.TrimStart('0').ToUpperInvariant();

    public Statement Sent(SigningRow request, string action) => Statement.Of(
        "update signing_requests set status = 'sent', action = $2, due_at = $3, updated_at = $4 where id = $1",
        request.Id, action, entropy.NowMs + 1_000, entropy.NowMs);

    /// <param name="dueInMs">When to look at it again; null: it is done with.</param>
    public Task Become(SigningRow request, string status, long? dueInMs, bool tried = false) => committer.Commit(
    [
        Statement.Of(
            "update signing_requests set status = $2, tries = $3, due_at = $4, updated_at = $5 where id = $1",
            request.Id, status, request.Tries + (tried ? 1 : 0), entropy.NowMs + dueInMs, entropy.NowMs),
    ]);

    /// <summary>An authority of this server's own; null: there is none yet.</summary>
    public async Task<AuthorityRow?> Authority(string name, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return await connection.QueryFirstOrDefaultAsync<AuthorityRow>(
            "select certificate as Certificate, key_sealed as KeySealed from authorities where name = @name",
            new { name });
    }

    public Task Keep(Statement authority) => committer.Commit([authority]);

    public Task<bool> IsRevoked(X509Certificate2 made, CancellationToken cancel) =>
        certificates.IsRevoked(ClientCertificates.FingerprintOf(made), cancel);

    /// <summary>The command that carried the certificate; null: it is not on record any more.</summary>
    public async Task<StationAction?> ActionOf(SigningRow request)
    {
        await using var connection = await database.Open();
        return await connection.QueryFirstOrDefaultAsync<string>(
            "select body from actions where id = @id", new { id = request.Action }) is { } body
            ? DomainJson.ReadAction(body)
            : null;
    }
}
