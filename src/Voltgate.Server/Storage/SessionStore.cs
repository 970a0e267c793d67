using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Voltgate.Domain.Rates;
using Voltgate.Domain.Sessions;

namespace Voltgate.Server.Storage;

/// <summary>Reads sessions. Their price plans lie beside them, one row a rate version, and never change.</summary>
internal sealed class SessionStore(Database database)
{
    private const int MostPlans = 10_000;

    /// <summary>House SQL: a session's state, from where it lies.</summary>
    public static string StateOf(string table) =>
        $"case when {table}.state_place is null then (select state from session_states where session = {table}.id) "
        + $"else (select state from events where place = {table}.state_place) end";

    private readonly ConcurrentDictionary<(string Rate, int Version), RatePlan> plans = new();

    public async Task<Session?> Get(string organization, string id, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        var found = await Read(connection, "id = @id and organization = @organization", new { id, organization });
        return found.Count == 0 ? null : found[0];
    }

    public Task<Session?> ByNumber(string station, int number, CancellationToken cancel = default) =>
        First("chargestation = @station and number = @number", new { station, number = (long)number }, cancel);

    public Task<Session?> ByStartKey(string station, string key, CancellationToken cancel = default) =>
        First("chargestation = @station and start_key = @key", new { station, key }, cancel);

    /// <summary>
    /// The newest session of a transaction of 2.x: a station that counts from the beginning again gives others the same
    /// id, whose keys have a mark behind it.
    /// </summary>
    public async Task<Session?> Newest(string station, string key) =>
        await ByStartKey(station, key) is null
            ? null
            : await First(
                "chargestation = @station and (start_key = @key or substr(start_key, 1, @length) = @mark) "
                    + "order by created_at desc limit 1",
                new { station, key, mark = key + "#", length = key.Length + 1 }, default);

    /// <summary>Whether the number belongs to a session of another station.</summary>
    public async Task<bool> IsForeign(string station, int number, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        return await connection.ExecuteScalarAsync<long>(
            "select count(*) from sessions where number = @number and chargestation <> @station",
            new { station, number = (long)number }) > 0;
    }

    /// <summary>Sessions created before that instant whose remote start the station has not answered.</summary>
    public async Task<List<string>> Unheard(string station, long beforeMs, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        var ids = await connection.QueryAsync<string>(
            "select s.id from sessions s where s.chargestation = @station and s.status = 'created' "
            + "and s.created_at < @beforeMs and not exists (select 1 from message_places p "
            + "join messages m on m.place = p.place where p.chargestation = @station and p.at >= s.created_at "
            + "and m.direction = 'in' and m.session = s.id)", new { station, beforeMs });
        return ids.AsList();
    }

    /// <summary>Whether the token has an open session on another station.</summary>
    public async Task<bool> ChargesElsewhere(string token, string station, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        return await connection.ExecuteScalarAsync<long>(
            "select count(*) from sessions where token = @token and status = 'Started' and chargestation <> @station",
            new { token, station }) > 0;
    }

    /// <summary>Sessions by a condition of house SQL, each with its plan.</summary>
    public async Task<List<Session>> Read(DbConnection connection, string where, object parameters)
    {
        var bodies = await connection.QueryAsync<string>(
            $"select {StateOf("sessions")} from sessions where {where}", parameters);
        var found = new List<Session>();
        foreach (var body in bodies) found.Add(await WithPlan(connection, DomainJson.ReadSession(body)));
        return found;
    }

    public async Task<Session> WithPlan(DbConnection connection, Session session)
    {
        if (session.Rate is not { } rate) return session;
        var key = (rate, session.RateVersion);
        if (!plans.TryGetValue(key, out var plan))
        {
            var body = await connection.QueryFirstOrDefaultAsync<string>(
                "select plan from rate_versions where rate = @rate and version = @version",
                new { rate, version = (long)session.RateVersion });
            if (body is null) return session;
            plan = DomainJson.ReadPlan(body);
            if (plans.Count < MostPlans) plans[key] = plan;
        }

        return session with { Plan = plan };
    }

    private async Task<Session?> First(string where, object parameters, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        var found = await Read(connection, where, parameters);
        return found.Count == 0 ? null : found[0];
    }
}
