using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Voltgate.Domain.Events;
using Voltgate.Domain.Rates;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>
/// Rates that refer to rates: a schedule holds a copy of each, renewed when the rate gets a new version.
/// </summary>
internal sealed class RateReferences(ResourceStore store, Database database, Entropy entropy)
{
    /// <summary>
    /// Puts rates where a schedule names them; refuses those that cannot be scheduled. A plain rate passes.
    /// </summary>
    public async Task<Refusal?> Expand(Call call, JsonObject schedule)
    {
        var slots = Slots(schedule).ToList();
        if (slots.Count == 0) return null;
        Dictionary<string, string> bodies;
        await using (var connection = await database.Open(call.Cancel))
            bodies = await Bodies.Of(
                connection, "rates", call.Organization, slots.Select(s => s.Id).ToHashSet(StringComparer.Ordinal));

        var errors = new List<FieldError>();
        foreach (var slot in slots)
        {
            var rate = bodies.TryGetValue(slot.Id, out var body) ? JsonNode.Parse(body)!.AsObject() : null;
            if (rate is null) errors.Add(new FieldError(slot.Path, "There is no such rate; send the _id of one."));
            else if (rate.ContainsKey("default_rate"))
                errors.Add(new FieldError(slot.Path, "A schedule cannot hold schedules."));
            else if ((string?)rate["currency"] != (string?)schedule["currency"])
                errors.Add(new FieldError(slot.Path, "Send a rate in the schedule's currency."));
            else slot.Owner[slot.Name] = rate;
        }

        return errors.Count > 0 ? Refusal.Invalid(errors) : null;
    }

    /// <summary>Adds the version that sessions are billed by, or tells what is wrong with the rate.</summary>
    public static Refusal? Version(List<Statement> unit, Stored<RateResource> rate)
    {
        var plan = RatePlans.Of(rate.Resource, rate.Row.Version);
        var problems = RateRules.Of(plan);
        if (problems.Length > 0)
            return Refusal.Invalid([.. problems.Select(p => new FieldError(p.Field, p.Message))]);
        unit.Add(Statement.Of(
            "insert into rate_versions (rate, version, plan, created_at) values ($1, $2, $3, $4)",
            rate.Row.Id, rate.Row.Version, JsonSerializer.Serialize(plan, DomainJson.Default.RatePlan),
            rate.Row.UpdatedAt));
        return null;
    }

    /// <summary>
    /// Adds new versions of the schedules that hold the rate, so that the next session sees its new prices.
    /// </summary>
    public async Task<Refusal?> Follow(Call call, Stored<RateResource> rate, List<Statement> unit)
    {
        foreach (var found in await Schedules(call, rate.Row.Id))
        {
            var fields = JsonNode.Parse(found.Body)!.AsObject();
            foreach (var slot in Slots(fields))
                if (slot.Id == rate.Row.Id) slot.Owner[slot.Name] = JsonNode.Parse(rate.Body);
            if (rate.Resource.Currency != (string?)fields["currency"])
                return Refusal.Invalid(
                    "currency", "A schedule in another currency holds this rate; change that first.");
            var schedule = store.Word(
                RatesApi.Kind, call.Organization, found.Id, found.Version + 1, found.CreatedAt, fields);
            unit.Add(RatesApi.Kind.Table.Update(schedule.Row, found.Version, RatesApi.Kind.Columns(schedule.Resource)));
            Version(unit, schedule);
            EventLog.Add(unit, EventBody.Edited(entropy, RatesApi.Kind.Name, EventTypes.Updated, schedule.Row));
        }

        return null;
    }

    public async Task<bool> IsScheduled(Call call, string rate) => (await Schedules(call, rate)).Count > 0;

    private async Task<List<ScheduleRow>> Schedules(Call call, string rate)
    {
        await using var connection = await database.Open(call.Cancel);
        var all = await connection.QueryAsync<ScheduleRow>(
            "select id as Id, version as Version, created_at as CreatedAt, body as Body from rates "
            + "where organization = @organization and schedule = @schedule",
            new { organization = call.Organization, schedule = true });
        return [.. all.Where(s => Slots(JsonNode.Parse(s.Body)!.AsObject()).Any(slot => slot.Id == rate))];
    }

    /// <summary>Where a schedule holds rates, each an id (as sent) or a whole rate (as stored).</summary>
    private static IEnumerable<Slot> Slots(JsonObject schedule)
    {
        if (schedule["default_rate"] is { } standard)
            yield return new Slot(schedule, "default_rate", "default_rate", IdOf(standard));
        var at = 0;
        foreach (var entry in schedule["layout"] as JsonArray ?? [])
            yield return new Slot(entry!.AsObject(), "rate", $"layout[{at++}].rate", IdOf(entry["rate"]!));
    }

    private static string IdOf(JsonNode rate) => rate is JsonObject whole ? (string)whole["_id"]! : (string)rate!;

    private sealed record Slot(JsonObject Owner, string Name, string Path, string Id);

    private sealed class ScheduleRow
    {
        public string Id { get; init; } = "";

        public long Version { get; init; }

        public long CreatedAt { get; init; }

        public string Body { get; init; } = "";
    }
}
