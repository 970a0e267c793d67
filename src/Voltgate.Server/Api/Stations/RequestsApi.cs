using System.Text.Json.Nodes;
using Voltgate.Domain.Stations;
using Voltgate.Ocpp;
using Voltgate.Server.Resources;

namespace Voltgate.Server.Api;

/// <summary>
/// Any request of OCPP 2.x that has no route of its own: displays, monitoring, tariffs, customer information, DER, …,
/// held to the version's own rules before it goes out.
/// </summary>
internal sealed class RequestsApi(CommandDesk desk)
{
    private const string Type = "chargestation.send_request";

    private static readonly Shape Body = new(
        "RequestBody",
        Field.Text("action", "OCPP 2.x: the request's name, ClearDisplayMessage and its like.", max: 50, min: 1).Must,
        Field.Free("payload", "Its payload, by the schema of the station's version.", 60_000).Must);

    /// <summary>What the platform keeps books of is asked for in one way only.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["CancelReservation"] = "POST /reservations/{id}/cancel",
        ["CertificateSigned"] = "the station's own SignCertificate",
        ["ChangeAvailability"] = "POST /chargestations/{id}/change_availability",
        ["ClearChargingProfile"] = "POST /chargestations/{id}/clear_charging_profile",
        ["DataTransfer"] = "POST /chargestations/{id}/data_transfer",
        ["DeleteCertificate"] = "POST /chargestations/{id}/delete_certificate",
        ["GetLog"] = "POST /chargestations/{id}/get_log",
        ["InstallCertificate"] = "POST /chargestations/{id}/install_certificate",
        ["RequestStartTransaction"] = "POST /sessions",
        ["RequestStopTransaction"] = "POST /sessions/{id}/stop",
        ["ReserveNow"] = "POST /reservations",
        ["Reset"] = "POST /chargestations/{id}/reset",
        ["SendLocalList"] = "POST /chargestations/{id}/local_list",
        ["SetChargingProfile"] = "POST /chargestations/{id}/set_charging_profile",
        ["SetVariables"] = "POST /chargestations/{id}/configurations",
        ["UnlockConnector"] = "POST /chargestations/{id}/unlock",
        ["UpdateFirmware"] = "POST /chargestations/{id}/update_firmware",
    };

    /// <summary>Of these 2.1 can say more than their routes have words for: that goes here.</summary>
    private static readonly string[] Widened = ["ClearChargingProfile", "Reset", "SetChargingProfile"];

    private static readonly Dialect Earlier = Dialect.For("ocpp2.0.1")!;

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new(
            "POST", "/chargestations/{id}/send_request", "write:chargestations",
            call => desk.ToStation(call, Type, Word))
        {
            Summary = "Send a station of OCPP 2.x any request that has no route of its own.", Body = Body,
            Answer = typeof(ActionResource), Refusals = CommandDesk.Refusals, ActionType = Type,
        },
    ];

    private static Outcome<StationCommand> Word(Asked asked)
    {
        var request = new SendRequest(asked.Text("action")!, asked.Fields["payload"]!.ToJsonString());
        var speaksLater = Abilities.KnowsTransactions(asked.Station);
        if (Elsewhere.TryGetValue(request.Action, out var way) && !(speaksLater && IsNew(request)))
            return Refusal.Invalid("action", $"{request.Action} goes by {way}.");
        // One of 1.6 is not refused here: its action fails as unsupported, as any command does that it does not know.
        if (!speaksLater
            || Dialect.For(asked.Station.Protocol!)?.Check(request) is not { } violation)
        {
            if (request.Action == "SetChargingProfile"
                && ProfileBodies.IsOwn((int)asked.Fields["payload"]!["chargingProfile"]!["id"]!))
                return Refusal.Invalid("payload.chargingProfile.id", ProfileBodies.OwnIds);
            if (request.Shown is SendRequest { Payload: SecretKey.Hidden })
                asked.Fields["payload"] = JsonValue.Create(SecretKey.Hidden);
            return request;
        }

        return violation.Code == Ocpp.Rpc.RpcErrorCode.NotImplemented
            ? Refusal.Invalid("action", $"{asked.Station.Protocol} has no request {request.Action} to stations.")
            : Refusal.Invalid(
                violation.Field.Length == 0 ? "payload" : "payload." + violation.Field, $"It {violation.Message}.");
    }

    private static bool IsNew(SendRequest request) =>
        Widened.Contains(request.Action) && Earlier.Check(request) is not null;
}
