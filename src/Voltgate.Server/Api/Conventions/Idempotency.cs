using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>
/// <c>Idempotency-Key</c>: the first answer again, for 24 hours, and nothing done twice. The answer is written in the
/// commit of what was done, so that a crash in between cannot part them (reliability A04). A refusal is not kept: the
/// same key may try again.
/// </summary>
internal sealed class Idempotency(Database database, Entropy entropy)
{
    public const string Header = "Idempotency-Key";

    /// <summary>The code of the refusal while the first request runs.</summary>
    public const string Running = "idempotency_key_running";

    private const int LongestKey = 255;
    public const long KeptMs = 24 * 3_600_000;

    // Two requests at once in this process; between processes the unique key decides.
    private readonly ConcurrentDictionary<(string Organization, string Key), byte> running = new();

    /// <summary>The answer while the first request with the key runs.</summary>
    public static readonly Refusal StillRuns = Refusal.Conflict(
        Running, "The first request with this key still runs; wait for it.");

    /// <summary>
    /// Does the work of a request with a body, or gives its first answer again. The work puts
    /// <see cref="IdempotencyClaim.Write"/> into its commit; without the header the claim is empty and that adds
    /// nothing.
    /// </summary>
    public async Task<IResult> Once(Call call, Func<JsonObject, IdempotencyClaim, Task<IResult>> work)
    {
        var claimed = await Claim(call);
        if (!claimed.Holds) return claimed.Refusal;
        using var claim = claimed.Value;
        if (claim.Replay is { } replay) return replay;
        var body = await call.Body();
        return body.Holds ? await work(body.Value, claim) : body.Refusal;
    }

    private async Task<Outcome<IdempotencyClaim>> Claim(Call call)
    {
        var given = call.Http.Request.Headers[Header];
        if (given.Count == 0) return new IdempotencyClaim(call.Organization, null, "", 0, null, Release);
        var key = given.ToString();
        if (given.Count > 1 || key.Length is 0 or > LongestKey || key.Any(char.IsControl))
            return new Refusal(
                400, "idempotency_key_invalid", "Send one Idempotency-Key of 1 to 255 printable characters.");
        if (!running.TryAdd((call.Organization, key), 0))
            return StillRuns;

        var claim = default(Outcome<IdempotencyClaim>);
        try
        {
            claim = await Claim(call, key);
            return claim;
        }
        finally
        {
            if (!claim.Holds || claim.Value is null) Release(call.Organization, key);
        }
    }

    private async Task<Outcome<IdempotencyClaim>> Claim(Call call, string key)
    {
        var fingerprint = await FingerprintOf(call);
        var kept = await Find(call, key);
        if (kept is not null && kept.Fingerprint != fingerprint)
            return new Refusal(
                422, "idempotency_key_reused", "This Idempotency-Key was used for another request; make a new one.");
        var replay = kept is null ? null : new KeptAnswer((int)kept.Status, kept.Answer);
        return new IdempotencyClaim(call.Organization, key, fingerprint, entropy.NowMs, replay, Release);
    }

    private void Release(string organization, string key) => running.TryRemove((organization, key), out _);

    private async Task<Kept?> Find(Call call, string key)
    {
        await using var connection = await database.Open(call.Cancel);
        return await connection.QuerySingleOrDefaultAsync<Kept>(
            "select fingerprint as Fingerprint, status as Status, answer as Answer from idempotency_keys "
            + "where organization = @organization and key = @key and created_at > @since",
            new { organization = call.Organization, key, since = entropy.NowMs - KeptMs });
    }

    private static async Task<string> FingerprintOf(Call call)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{call.Http.Request.Method} {call.Http.Request.Path}\n"));
        hash.AppendData(await call.Bytes());
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed class Kept
    {
        public string Fingerprint { get; init; } = "";

        public long Status { get; init; }

        public string Answer { get; init; } = "";
    }
}

/// <summary>The first answer, again.</summary>
internal sealed record KeptAnswer(int Status, string Body) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers["Idempotent-Replayed"] = "true";
        return Envelope.Write(httpContext, Status, Encoding.UTF8.GetBytes(Body));
    }
}

/// <summary>A key that this request alone may use until the claim is disposed.</summary>
internal sealed class IdempotencyClaim(
    string organization, string? key, string fingerprint, long atMs, KeptAnswer? replay, Action<string, string> release)
    : IDisposable
{
    /// <summary>Set: this was done already.</summary>
    public KeptAnswer? Replay => replay;

    /// <summary>
    /// Adds the row that keeps the answer; nothing where the request had no key. A commit that ends as
    /// <see cref="CommitStatus.Duplicate"/> may have lost against another process: claim again, and the replay is
    /// there.
    /// </summary>
    public void Write(List<Statement> unit, Success answer)
    {
        if (key is null) return;
        unit.Add(Statement.Of(
            "delete from idempotency_keys where organization = $1 and key = $2 and created_at <= $3",
            organization, key, atMs - Idempotency.KeptMs));
        unit.Add(Statement.Of(
            "insert into idempotency_keys (organization, key, fingerprint, status, answer, created_at) "
            + "values ($1, $2, $3, $4, $5, $6)",
            organization, key, fingerprint, answer.Status, Encoding.UTF8.GetString(Envelope.Of(answer).Span), atMs));
    }

    public void Dispose()
    {
        if (key is not null) release(organization, key);
    }
}
