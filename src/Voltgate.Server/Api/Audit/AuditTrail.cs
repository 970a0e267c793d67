using System.Security.Cryptography;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>What a request did to a resource. Before and After: JSON as GET shows it; null: there was none.</summary>
/// <param name="Kind">"user", "session", …</param>
internal sealed record AuditChange(string Kind, string? Resource, string? Before, string? After)
{
    /// <summary>Resources whose earlier rows lose their details in this commit.</summary>
    public IReadOnlyList<string> Erases { get; init; } = [];
}

/// <summary>
/// One request's way into the audit log. Whoever writes puts <see cref="Rows"/> into the commit and says
/// <see cref="Kept"/> when it is durable; what nobody put anywhere is written before the answer leaves.
/// </summary>
internal sealed class AuditTrail(HttpContext http, ApiRoute route, Entropy entropy)
{
    public const string Done = "done";

    /// <summary>An idempotency key's first answer was given again; nothing happened.</summary>
    public const string Replayed = "replayed";

    public Caller Caller { get; set; } = Caller.Nobody;

    /// <summary>A row of this request is durable.</summary>
    public bool IsKept { get; private set; }

    /// <summary>Which secret stands in the answer; null: none.</summary>
    public string? Reveals { get; private set; }

    public void Kept() => IsKept = true;

    /// <summary>The answer shows a secret: reading one is written down like a change.</summary>
    public void Shows(string secret) => Reveals = secret;

    /// <summary>The statements of one row.</summary>
    /// <param name="result"><see cref="Done"/> or the code of the refusal.</param>
    public IReadOnlyList<Statement> Rows(AuditChange? change = null, string result = Done)
    {
        var details = Details(change);
        return AuditLog.Add(new AuditEntry
        {
            Id = entropy.NewId(), Organization = Caller.Organization, CreatedAt = entropy.NowMs,
            ActorType = ActorType, Actor = Caller.Id,
            ActorName = Caller.Operator?.Email ?? Caller.KeyName,
            Address = OperatorSessions.AddressOf(http), RequestId = http.TraceIdentifier,
            Method = http.Request.Method, Route = route.Path, Object = change?.Kind ?? KindOfPath,
            // What is not there for this organisation is no resource of its log: the id was only guessed.
            Resource = change?.Resource ?? (change is null && result != Refusal.NotFound.Code ? IdOfPath : null),
            Result = result,
            Reveals = result == Done ? Reveals : null,
            Erases = change is { Erases.Count: > 0 } ? string.Join(' ', change.Erases) : null,
            DetailsHash = AuditLog.HashOf(details), Details = details,
        });
    }

    private string ActorType => Caller switch
    {
        { Operator: not null } => "admin",
        { Key.Length: > 0 } => "api_key",
        _ => "nobody",
    };

    private string KindOfPath => route.Path.Split('/')[1] switch
    {
        var plural when plural.EndsWith('s') => plural[..^1],
        var word => word,
    };

    /// <summary>An id that could be one; anything else that stood there is nobody's business here.</summary>
    private string? IdOfPath => http.Request.RouteValues["id"] is string id && Domain.ObjectId.IsWellFormed(id)
        ? id
        : null;

    private static string Details(AuditChange? change)
    {
        var salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return $$"""{"salt":"{{salt}}","before":{{Shown(change?.Before)}},"after":{{Shown(change?.After)}}}""";
    }

    private static string Shown(string? json) => json is null ? "null" : Redaction.Of(json);
}

/// <summary>Opens a trail for each request, and sees to it that none is lost.</summary>
internal sealed class AuditBook(Committer committer, AuditSealer sealer, Entropy entropy)
{
    public AuditTrail Open(HttpContext http, ApiRoute route) => new(http, route, entropy);

    /// <summary>
    /// Writes down what no commit of the request did: refusals, writes that changed nothing, secrets that were read.
    /// </summary>
    public async Task Close(AuditTrail trail, ApiRoute route, IResult result)
    {
        var refusal = result as Refusal;
        var outcome = refusal?.Code ?? (result is KeptAnswer ? AuditTrail.Replayed : AuditTrail.Done);
        var isDue = trail.Caller.Organization.Length > 0 && !trail.IsKept
            && (route.Writes || trail.Reveals is not null) && refusal?.Status is not (401 or 429 or >= 500)
            && refusal?.Code != Idempotency.Running; // the first request tells of itself
        if (isDue)
        {
            await committer.Commit(trail.Rows(result: outcome));
            trail.Kept();
        }

        if (trail.IsKept) sealer.Pulse();
    }
}
