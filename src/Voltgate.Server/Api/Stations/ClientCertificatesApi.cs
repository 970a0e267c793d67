using Dapper;
using Voltgate.Server.Resources;
using Voltgate.Server.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>The certificates by which stations prove themselves, and their revocation.</summary>
internal sealed class ClientCertificatesApi(
    ListReader lists, Database database, Committer committer, LocalStations stations, Entropy entropy)
{
    private static readonly ListSpec All = new(
        "station_certificates", Filter.Id("chargestation"), Filter.Text("fingerprint"));

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/client_certificates", "read:chargestations", lists.Read)
        {
            Summary = "List the certificates by which chargestations came, or that were made for them.",
            List = All, Answer = typeof(StationCertificateResource),
        },
        new("POST", "/client_certificates/{id}/revoke", "write:chargestations", Revoke)
        {
            Summary = "Revoke a certificate for good; a connection that stands by it is cut within five seconds.",
            Creates = false, Answer = typeof(StationCertificateResource),
        },
    ];

    private async Task<IResult> Revoke(Call call)
    {
        if (await Find(call) is not { } found) return Refusal.NotFound;
        if (found.RevokedAt is not null) return Answer(found);
        var now = new WireTime(entropy.NowMs);
        var revoked = found with { RevokedAt = now, UpdatedAt = now };
        var status = await committer.Commit(
        [
            Statement.Fence(
                "update station_certificates set revoked_at = $2, updated_at = $2, body = $3 "
                + "where id = $1 and revoked_at is null",
                found.Id, now.Ms, Wire.Write(revoked, WireContext.Default.StationCertificateResource)),
            .. call.Audit.Rows(new AuditChange(
                "client_certificate", found.Id, Wire.Write(found, WireContext.Default.StationCertificateResource),
                Wire.Write(revoked, WireContext.Default.StationCertificateResource))),
        ]);
        if (status != CommitStatus.Done) return Answer((await Find(call))!); // somebody else was quicker
        call.Audit.Kept();
        stations.Cut(new HashSet<string> { found.Fingerprint });
        return Answer(revoked);
    }

    private async Task<StationCertificateResource?> Find(Call call)
    {
        if (!Domain.ObjectId.IsWellFormed(call.Id)) return null;
        await using var connection = await database.Open(call.Cancel);
        return await connection.QueryFirstOrDefaultAsync<string>(
            "select body from station_certificates where id = @id and organization = @organization",
            new { id = call.Id, organization = call.Organization }) is { } body
            ? Wire.Read(body, WireContext.Default.StationCertificateResource)
            : null;
    }

    private static Success Answer(StationCertificateResource certificate) => Success.Ok(
        "Certificate revoked", Wire.Write(certificate, WireContext.Default.StationCertificateResource));
}
