using System.Text.Json.Nodes;
using Voltgate.Domain;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using Voltgate.Server.Resources;
using Voltgate.Server.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>
/// POST /sessions: each is one remote-start attempt, and with an Idempotency-Key only one, whatever crashes.
/// </summary>
internal sealed class StartingSessions(
    Idempotency idempotency, References references, TokenStore tokens, Ordering ordering, WalletHolds holds)
{
    private const string Told = "Session created; the station is asked to start";

    public Task<IResult> Create(Call call) => idempotency.Once(call, (fields, claim) => Start(call, fields, claim));

    /// <summary>The checks in the contract's order: fields, existence, then what stands in the way.</summary>
    private async Task<IResult> Start(Call call, JsonObject fields, IdempotencyClaim claim)
    {
        var (connector, user) = ((string)fields["connector"]!, (string)fields["user"]!);
        var station = await references.Read(call, "connectors", "chargestation", connector);
        if (station is null || !await references.Exists(call, "users", user)) return Refusal.NotFound;
        if (await tokens.VirtualOf(call.Organization, user) is not { Active: true, UserActive: true } token)
            return Refusal.Conflict("user_inactive", "The user may not charge; set its active to true first.");

        var order = new StartSession(
            connector, user, token, token.PhysicalId, TargetOf(fields["target"]?.AsObject()),
            fields["meta_data"]?.ToJsonString() ?? "{}");
        if ((string?)fields["type"] is not "wallet") return await Give(call, station, order, claim);

        var held = await holds.Take(call, user);
        if (!held.Holds) return held.Refusal;
        var answer = await Give(call, station, order with { Payment = held.Value }, claim);
        if (answer is Refusal) await holds.Release(held.Value);
        return answer is Refusal { Code: "wallet_currency_mismatch" } ? WalletHolds.OtherCurrency : answer;
    }

    private async Task<IResult> Give(Call call, string station, StartSession order, IdempotencyClaim claim)
    {
        var (result, refusal) = await ordering.Give(call, station, order, result => Keep(claim, result));
        if (refusal is { Code: StationActor.TakenCode }) return Idempotency.StillRuns;
        return refusal ?? (IResult)Answer(((SessionOrdered)result!).Session);
    }

    private static List<Statement> Keep(IdempotencyClaim claim, OrderResult result)
    {
        var unit = new List<Statement>();
        if (result is SessionOrdered ordered) claim.Write(unit, Answer(ordered.Session));
        return unit;
    }

    private static Success Answer(Session session) =>
        Success.Created(Told, StationJson.Write(SessionResource.Of(session)));

    private static SessionTarget TargetOf(JsonObject? target) => target is null
        ? new SessionTarget()
        : new SessionTarget(
            (long?)((decimal?)target["time"] * 60_000m),
            (decimal?)target["energy"] is { } kwh ? Energy.FromKWh(kwh) : null,
            (long?)((decimal?)target["cost"] * 1_000_000m),
            (int?)target["state_of_charge"],
            Ms(target["energy_start_time"]),
            Ms(target["energy_stop_time"]));

    private static long? Ms(JsonNode? time) =>
        (string?)time is { } text ? DateTimeOffset.Parse(text).ToUnixTimeMilliseconds() : null;
}
