using Dapper;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>
/// Takes a person out of the store (reliability G22): the contact data, the cards, and what past events told of both.
/// The row stays under its id, which is then a pseudonym, so that sessions and bills keep their reference.
/// </summary>
internal sealed class Erasure(ResourceStore store, Database database, CardTraces traces)
{
    private const string Blank =
        "update users set version = version + 1, updated_at = $4, body = $5, email = null, search = '', active = $6, "
        + "erased = $7 "
        + "where id = $1 and organization = $2 and version = $3 and not exists "
        + "(select 1 from sessions where driver = $1 and status in ('created', 'Started')) and not exists "
        + "(select 1 from reservations where driver = $1 and due_at is not null)";

    /// <summary>A session, or a reservation that is not over at its station.</summary>
    private const string Busy =
        "select 1 from sessions where driver = @id and organization = @organization "
        + "and status in ('created', 'Started') union all "
        + "select 1 from reservations where driver = @id and organization = @organization and due_at is not null";

    public async Task<Outcome<Stored<UserResource>>> Erase(Call call, string user)
    {
        // First what is much and can be done again: whoever is cut off here finds the user still there.
        if (!await store.Any(call, Busy, user)) await traces.Remove(call, user);
        return await Blanked(call, user);
    }

    private Task<Outcome<Stored<UserResource>>> Blanked(Call call, string user)
    {
        var erased = new List<string>();
        return store.Delete(
            UsersApi.Kind, call, user,
            also: async (found, unit) =>
            {
                if (await store.Any(call, Busy, user))
                    return Refusal.Conflict(
                        "user_in_use",
                        "This user is charging, or has a reservation; stop the session, cancel the reservation first.");
                erased.Clear();
                erased.AddRange(await Forget(call, found, unit));
                return null;
            },
            delete: found => Statement.Fence(
                Blank, user, call.Organization, found.Row.Version, found.Row.UpdatedAt, Pseudonym(found), false, true),
            told: Pseudonym, erases: erased);
    }

    private static string Pseudonym(Stored<UserResource> found) => Wire.Write(
        new UserResource
        {
            Id = found.Resource.Id, Role = found.Resource.Role, FavoriteChargestations = [],
            CreatedAt = found.Resource.CreatedAt, UpdatedAt = found.Resource.UpdatedAt,
        },
        WireContext.Default.UserResource);

    /// <summary>
    /// The tokens go; past events keep their place in the stream and lose what they told. Of what they told.
    /// </summary>
    private async Task<IEnumerable<string>> Forget(Call call, Stored<UserResource> found, List<Statement> unit)
    {
        var user = found.Row.Id;
        await using var connection = await database.Open(call.Cancel);
        var tokens = (await connection.QueryAsync<string>(
            "select id from tokens where driver = @user and organization = @organization",
            new { user, organization = call.Organization })).AsList();
        foreach (var stream in tokens.Prepend(user))
        {
            var events = await connection.QueryAsync<PastEvent>(
                "select e.place as Place, e.id as Id, e.type as Type, e.object as Object, e.at as At "
                + "from event_places p join events e on e.place = p.place where p.stream = @stream",
                new { stream });
            foreach (var past in events)
                unit.Add(Statement.Of(
                    "update events set body = $2 where place = $1", past.Place, Redacted(past, stream)));
        }

        foreach (var token in tokens)
            unit.Add(Statement.Of("delete from tokens where id = $1 and organization = $2", token, call.Organization));
        return tokens.Prepend(user);
    }

    private static string Redacted(PastEvent past, string resource) =>
        $$$"""{"_id":"{{{past.Id}}}","object":"{{{past.Object}}}","type":"{{{past.Type}}}","""
        + $$$""" "data":{"_id":"{{{resource}}}"},"createdAt":"{{{new WireTime(past.At)}}}"}""";

    private sealed class PastEvent
    {
        public long Place { get; init; }

        public string Id { get; init; } = "";

        public string Type { get; init; } = "";

        public string Object { get; init; } = "";

        public long At { get; init; }
    }
}
