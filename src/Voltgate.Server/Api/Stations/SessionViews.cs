using Voltgate.Domain.Sessions;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>Words sessions for readers, with the relations they asked for in place of the ids.</summary>
internal sealed class SessionViews(
    Database database, SessionStore sessions, Expansion expansion, SessionHistory history)
{
    public static readonly IReadOnlyList<string> Relations = ["user", "chargestation", "connector", "rate", "token"];

    public SessionHistory History => history;

    public async Task<string> Word(Call call, Session session, IReadOnlySet<string> includes) =>
        (await Expand(call, [session], includes))[0];

    public async Task<IReadOnlyList<string>> Word(Call call, IEnumerable<string> bodies, IReadOnlySet<string> includes)
    {
        return await Expand(call, await Read(bodies, call.Cancel), includes);
    }

    public async Task<List<Session>> Read(IEnumerable<string> bodies, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        var read = new List<Session>();
        foreach (var body in bodies) read.Add(await sessions.WithPlan(connection, DomainJson.ReadSession(body)));
        return read;
    }

    private Task<IReadOnlyList<string>> Expand(Call call, List<Session> read, IReadOnlySet<string> includes) =>
        expansion.Of(call, [.. read.Select(s => StationJson.Write(SessionResource.Of(s)))], includes);
}
