using System.Globalization;
using System.Text.Json.Nodes;
using Voltgate.Domain.Access;
using Voltgate.Domain.Stations;
using Voltgate.Server.Resources;
using Voltgate.Server.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>Places that are kept for somebody until a time: /reservations.</summary>
internal sealed class ReservationsApi(
    Reserving reserving, Ordering ordering, References references, ListReader lists)
{
    private static readonly string[] Relations = ["user", "chargestation", "connector", "token"];

    private static readonly ListSpec List = new(
        "reservations",
        Filter.Word("status", [.. Enum.GetValues<ReservationStatus>().Select(ReservationStore.StatusOf)]),
        Filter.Id("user", "driver"), Filter.Id("token"), Filter.Id("chargestation"), Filter.Id("connector"))
    {
        Includes = Relations,
    };

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/reservations", "read:reservations", ListAll)
        {
            Summary = "List reservations, newest first.", List = List, Answer = typeof(ReservationResource),
        },
        new("POST", "/reservations", "write:reservations", reserving.Create)
        {
            Summary = "Keep a connector, or any of a chargestation, for a driver; reservation.activated confirms it.",
            Body = Reserving.Shape, Answer = typeof(ReservationResource), TakesIdempotencyKey = true,
            Refusals = Reserving.Refusals,
        },
        new("GET", "/reservations/{id}", "read:reservations", Get)
        {
            Summary = "Read a reservation.", Answer = typeof(ReservationResource), Includes = Relations,
        },
        new("POST", "/reservations/{id}/cancel", "write:reservations", Cancel)
        {
            Summary = "Cancel a reservation; the station is told, now or when it is back.",
            Answer = typeof(ReservationResource), Creates = false, Refusals = [(409, "reservation_not_active")],
        },
    ];

    private Task<IResult> ListAll(Call call) =>
        lists.Read(call, (rows, includes) => lists.Expansion.Of(call, [.. rows.Select(r => Word(r.Body))], includes));

    private async Task<IResult> Get(Call call)
    {
        if (await references.Read(call, "reservations", "body", call.Id) is not { } body) return Refusal.NotFound;
        var included = await lists.Expansion.Of(call, Word(body), Relations);
        return included.Holds ? Success.Ok("Reservation", included.Value) : included.Refusal;
    }

    private async Task<IResult> Cancel(Call call)
    {
        if (await references.Read(call, "reservations", "chargestation", call.Id) is not { } station)
            return Refusal.NotFound;
        var (result, refusal) = await ordering.Give(call, station, new CancelReservation(call.Id));
        return refusal ?? (IResult)Success.Ok("Reservation cancelled", StationJson.Write(
            ReservationResource.Of(((ReservationOrdered)result!).Reservation)));
    }

    /// <summary>As GET shows it, from the body in the store.</summary>
    public static string Word(string body) =>
        StationJson.Write(ReservationResource.Of(DomainJson.ReadReservation(body)));
}

/// <summary>POST /reservations: one ReserveNow, and with an Idempotency-Key only one, whatever crashes.</summary>
internal sealed class Reserving(
    Idempotency idempotency, References references, TokenStore tokens, Ordering ordering, Entropy entropy)
{
    private const long LongestMs = 24 * 3_600_000;

    public static readonly Shape Shape = new(
        "ReservationBody",
        Field.Id("connector", "Which connector to keep; this or chargestation."),
        Field.Id("chargestation", "Any of its connectors, where the station can do that."),
        Field.Id("user", "Who may charge: remote starts of this driver; this or token."),
        Field.Id("token", "Which card may charge; those of the same group may, too."),
        Field.Time("expires_at", "Kept until then, at most 24 hours.").Must,
        Field.MetaData);

    public static readonly (int, string)[] Refusals =
    [
        (404, "not_found"), (409, "user_inactive"), (409, "token_inactive"), (409, "reservation_exists"),
        (409, "connector_inactive"), (409, "connector_busy"), (409, "connector_reserved"),
        (409, "chargestation_offline"), (409, "connector_unavailable"),
    ];

    private static readonly Refusal Exists = Refusal.Conflict(
        "reservation_exists", "This driver has a reservation already; cancel it, or wait until it is over.");

    public Task<IResult> Create(Call call) => idempotency.Once(call, (fields, claim) => Make(call, fields, claim));

    /// <summary>The checks in the order of POST /sessions: fields, existence, then what stands in the way.</summary>
    private async Task<IResult> Make(Call call, JsonObject fields, IdempotencyClaim claim)
    {
        if (Wrong(fields) is { } wrong) return wrong;
        var connector = (string?)fields["connector"];
        var station = connector is null
            ? await references.Read(call, "chargestations", "id", (string)fields["chargestation"]!)
            : await references.Read(call, "connectors", "chargestation", connector);
        if (station is null || await ordering.Station(call, station) is not { } found) return Refusal.NotFound;
        if (connector is null && Abilities.ReservesAnyConnector(found) == false)
            return Refusal.Invalid(
                "chargestation", "This station keeps named connectors only; send connector instead.");
        var holder = await Holder(call, fields);
        if (!holder.Holds) return holder.Refusal;
        var order = new MakeReservation(
            connector, holder.Value, TimeOf(fields), fields["meta_data"]?.ToJsonString() ?? "{}");
        var (result, refusal) = await ordering.Give(call, station, order, result => Keep(claim, result));
        if (refusal is { Code: StationActor.TakenCode }) return Exists;
        return refusal ?? (IResult)Answer(((ReservationOrdered)result!).Reservation);
    }

    private Refusal? Wrong(JsonObject fields)
    {
        if (fields["connector"] is null == fields["chargestation"] is null)
            return Refusal.Invalid("connector", "Send connector, or chargestation for any of its connectors.");
        if (fields["user"] is null == fields["token"] is null)
            return Refusal.Invalid("user", "Send user, or token for one card.");
        var left = TimeOf(fields) - entropy.NowMs;
        return left is > 0 and <= LongestMs
            ? null
            : Refusal.Invalid("expires_at", "Send a time that is to come, within the next 24 hours.");
    }

    private async Task<Outcome<TokenFacts>> Holder(Call call, JsonObject fields)
    {
        if ((string?)fields["user"] is { } user)
        {
            if (!await references.Exists(call, "users", user)) return Refusal.NotFound;
            return await tokens.VirtualOf(call.Organization, user) is { Active: true, UserActive: true } own
                ? own
                : Refusal.Conflict("user_inactive", "The user may not charge; set its active to true first.");
        }

        if ((await tokens.Facts(call.Organization, [(string)fields["token"]!])).FirstOrDefault() is not { } card)
            return Refusal.NotFound;
        if (!card.UserActive)
            return Refusal.Conflict("user_inactive", "The user may not charge; set its active to true first.");
        return card.Active && !(card.ExpiresAtMs <= entropy.NowMs)
            ? card
            : Refusal.Conflict("token_inactive", "The token is switched off or has expired; choose another one.");
    }

    private static List<Statement> Keep(IdempotencyClaim claim, OrderResult result)
    {
        var unit = new List<Statement>();
        if (result is ReservationOrdered ordered) claim.Write(unit, Answer(ordered.Reservation));
        return unit;
    }

    private static Success Answer(Reservation reservation) => Success.Created(
        "Reservation created; the station is asked to keep the place",
        StationJson.Write(ReservationResource.Of(reservation)));

    private static long TimeOf(JsonObject fields) => DateTimeOffset.Parse(
        (string)fields["expires_at"]!, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
