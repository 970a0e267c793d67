using System.Security.Cryptography;
using System.Text;
using Dapper;
using Voltgate.Domain.Stations;

namespace Voltgate.Server.Storage;

/// <summary>A file that an action asked a station for. ReceivedAt: null while it has not come.</summary>
internal sealed class StoredUpload
{
    public string Action { get; init; } = "";

    public long ExpiresAt { get; init; }

    public long Attempt { get; init; }

    public string? Name { get; init; }

    public long? Size { get; init; }

    public long? ReceivedAt { get; init; }
}

/// <summary>
/// Files of stations, received under one-time URLs and kept for a while (reliability O31). Whoever knows the token may
/// put one file there, once.
/// </summary>
internal sealed class UploadStore(Database database, Committer committer, Entropy entropy, ServerOptions options)
{
    // Base64 of a multiple of 3 has no padding in the middle.
    private const int PartBytes = 3 * 64 * 1024;
    private const int TokenBytes = 32;

    private const string Columns =
        "select action as Action, expires_at as ExpiresAt, attempt as Attempt, name as Name, size as Size, "
        + "received_at as ReceivedAt from uploads ";

    private const string Claim =
        "update uploads set attempt = $3 where action = $1 and attempt = $2 and received_at is null";

    public int MaxBytes => options.Ocpp.UploadMaxBytes;

    public static string NewToken() =>
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(TokenBytes)).Replace('+', '-').Replace('/', '_')
            .TrimEnd('=');

    /// <summary>The rows that open an upload, for the commit of its action; what is too old goes.</summary>
    public IEnumerable<Statement> Open(StationAction action, string token)
    {
        var nowMs = entropy.NowMs;
        var oldest = nowMs - (options.Ocpp.UploadKeepDays * 24 * 3_600_000L);
        yield return Statement.Of(
            "delete from upload_parts where action in (select action from uploads where created_at < $1)", oldest);
        yield return Statement.Of("delete from uploads where created_at < $1", oldest);
        yield return Statement.Of(
            "insert into uploads (action, organization, chargestation, token_hash, expires_at, attempt, created_at) "
            + "values ($1, $2, $3, $4, $5, 0, $6)",
            action.Id, action.Organization, action.Station, HashOf(token),
            nowMs + (options.Ocpp.UploadUrlMinutes * 60_000L), nowMs);
    }

    /// <summary>The upload that a token opens; null: none, or it is over.</summary>
    public async Task<StoredUpload?> Opened(string token, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        var found = await connection.QueryFirstOrDefaultAsync<StoredUpload>(
            Columns + "where token_hash = @hash", new { hash = HashOf(token) });
        return found is { ReceivedAt: null } && !IsOver(found) ? found : null;
    }

    /// <summary>The time in which its file may come has passed.</summary>
    public bool IsOver(StoredUpload upload) => upload.ExpiresAt <= entropy.NowMs;

    /// <summary>The upload of the organisation's action, or null.</summary>
    public async Task<StoredUpload?> Of(string organization, string action, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return await connection.QueryFirstOrDefaultAsync<StoredUpload>(
            Columns + "where action = @action and organization = @organization", new { action, organization });
    }

    /// <summary>
    /// Keeps the file. Null: another attempt has begun, or has come first. A negative size: it is longer than allowed,
    /// and nothing of it is kept.
    /// </summary>
    public async Task<long?> Receive(StoredUpload upload, string name, Stream file, CancellationToken cancel)
    {
        var attempt = upload.Attempt + 1;
        if (!await Commit(
            Statement.Fence(Claim, upload.Action, upload.Attempt, attempt),
            Statement.Of("delete from upload_parts where action = $1", upload.Action))) return null;

        var (size, part, buffer) = (0L, 0L, new byte[PartBytes]);
        while (await file.ReadAtLeastAsync(buffer, PartBytes, throwOnEndOfStream: false, cancel) is var read and > 0)
        {
            size += read;
            if (size > MaxBytes) break;
            if (!await Commit(
                Statement.Fence(Claim, upload.Action, attempt, attempt),
                Statement.Of(
                    "insert into upload_parts (action, attempt, part, data) values ($1, $2, $3, $4)",
                    upload.Action, attempt, part++, Convert.ToBase64String(buffer, 0, read)))) return null;
        }

        if (size > MaxBytes)
        {
            await Commit(Statement.Of(
                "delete from upload_parts where action = $1 and attempt = $2", upload.Action, attempt));
            return -1;
        }

        return size == 0 || await Commit(Statement.Fence(
            "update uploads set name = $3, size = $4, received_at = $5 "
            + "where action = $1 and attempt = $2 and received_at is null",
            upload.Action, attempt, name, size, entropy.NowMs)) ? size : null;
    }

    /// <summary>Writes the file's bytes to the stream, a part at a time.</summary>
    public async Task Write(StoredUpload upload, Stream to, CancellationToken cancel)
    {
        for (var part = 0L; ; part++)
        {
            if (await Part(upload, part, cancel) is not { } data) return;
            await to.WriteAsync(Convert.FromBase64String(data), cancel);
        }
    }

    private async Task<string?> Part(StoredUpload upload, long part, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return await connection.QueryFirstOrDefaultAsync<string>(
            "select data from upload_parts where action = @Action and attempt = @Attempt and part = @part",
            new { upload.Action, upload.Attempt, part });
    }

    private async Task<bool> Commit(params IReadOnlyList<Statement> unit) =>
        await committer.Commit(unit) == CommitStatus.Done;

    // The token has 256 random bits and needs no slow hash.
    private static string HashOf(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
