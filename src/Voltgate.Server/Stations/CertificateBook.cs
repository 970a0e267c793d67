using System.Data.Common;
using System.Security.Cryptography.X509Certificates;
using Dapper;
using Voltgate.Domain.Stations;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Stations;

/// <summary>The certificates of stations, and which of them are revoked: for every station, for good.</summary>
internal sealed class CertificateBook(Database database, Committer committer, Entropy entropy)
{
    public const string Presented = "presented";

    private const string Put =
        "insert into station_certificates (id, organization, chargestation, fingerprint, revoked_at, created_at, "
        + "updated_at, body) values ($1, $2, $3, $4, null, $5, $5, $6) on conflict (chargestation, fingerprint) "
        + "do nothing";

    public async Task<bool> IsRevoked(string fingerprint, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return await connection.ExecuteScalarAsync<long>(
            "select count(*) from station_certificates where fingerprint = @fingerprint and revoked_at is not null",
            new { fingerprint }) > 0;
    }

    /// <summary>The certificate by which the station came is on record.</summary>
    public async Task Note(ChargeStation station, X509Certificate2 certificate)
    {
        var fingerprint = ClientCertificates.FingerprintOf(certificate);
        await using (var connection = await database.Open())
            if (await connection.ExecuteScalarAsync<long>(
                "select count(*) from station_certificates where chargestation = @Id and fingerprint = @fingerprint",
                new { station.Id, fingerprint }) > 0) return;
        await committer.Commit([Record(station.Organization, station.Id, certificate, Presented)]);
    }

    /// <summary>The row of a certificate.</summary>
    public Statement Record(string organization, string station, X509Certificate2 certificate, string origin)
    {
        var (id, now) = (entropy.NewId(), entropy.NowMs);
        var fingerprint = ClientCertificates.FingerprintOf(certificate);
        return Statement.Of(Put, id, organization, station, fingerprint, now, Wire.Write(
            new StationCertificateResource(
                id, station, origin, fingerprint, certificate.SerialNumber, certificate.Subject, certificate.Issuer,
                new WireTime(new DateTimeOffset(certificate.NotBefore).ToUnixTimeMilliseconds()),
                new WireTime(new DateTimeOffset(certificate.NotAfter).ToUnixTimeMilliseconds()), null,
                new WireTime(now), new WireTime(now)),
            WireContext.Default.StationCertificateResource));
    }

    /// <summary>The fingerprints of what was revoked since then, in any process.</summary>
    public async Task<IReadOnlySet<string>> RevokedSince(long ms, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return (await connection.QueryAsync<string>(
            "select fingerprint from station_certificates where revoked_at >= @ms", new { ms })).ToHashSet();
    }
}

/// <summary>
/// Cuts connections by certificates that were revoked, in this process or another, or while they were let in.
/// </summary>
internal sealed partial class CertificateWatch(
    CertificateBook book, LocalStations stations, Entropy entropy, TimeProvider clock, ILogger<CertificateWatch> log)
    : BackgroundService
{
    /// <summary>No handshake is under way for longer.</summary>
    private const long LookBackMs = 120_000;

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Beat, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stations.StandByCertificates) continue;
            try
            {
                stations.Cut(await book.RevokedSince(entropy.NowMs - LookBackMs, stoppingToken));
            }
            catch (Exception e) when (e is DbException)
            {
                LogBlind(e);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Revoked certificates could not be read; it is tried again.")]
    private partial void LogBlind(Exception e);
}
