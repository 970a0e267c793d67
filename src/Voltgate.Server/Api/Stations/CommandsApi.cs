using System.Text.Json;
using System.Text.Json.Nodes;
using Voltgate.Domain.Stations;
using Voltgate.Server.Resources;

namespace Voltgate.Server.Api;

/// <summary>Commands to chargestations; each answers an Action at once, and events tell what comes of it.</summary>
internal sealed class CommandsApi(CommandDesk desk)
{
    private static readonly Shape ReadShape = new(
        "ConfigurationsQuery",
        Field.List("keys", Field.Text("", max: 50, min: 1), "Which keys; all unless given.", max: 100));

    private static readonly Shape WriteShape = new(
        "ConfigurationBody",
        Field.Text("key", "OCPP 1.6 §9: its name.", max: 50, min: 1).Must,
        Field.Text("value", "As text.", max: 500).Must,
        Field.Free("more", "OCPP 2.x: others in the same request, texts by their keys.", 60_000) with
        {
            Rule = more => more.AsObject() is { Count: > 0 and <= 100 } all
                && all.All(v => v.Value is JsonValue text && text.GetValueKind() == JsonValueKind.String)
                ? null
                : "Send an object of 1 to 100 keys, with a text for each.",
        });

    private static readonly Shape ResetShape = new(
        "ResetBody",
        Field.Word("type", ["Soft", "Hard"], "Soft unless said otherwise; to OCPP 2.x that is OnIdle, else Immediate."),
        CommandFields.Connector with { Description = "OCPP 2.x: its EVSE alone; left out: the station." });

    private static readonly Shape UnlockShape = new("UnlockBody", CommandFields.Connector.Must);

    private static readonly Shape AvailabilityShape = new(
        "AvailabilityBody", CommandFields.Connector, Field.Flag("available", "False takes it out of service.").Must,
        Field.Word(
            "level", ["evse", "connector"],
            "OCPP 2.x: the connector's whole EVSE, or this connector alone; as the connector is known unless given."));

    private static readonly Shape TriggerShape = new(
        "TriggerBody",
        Field.Word(
            "message",
            ["BootNotification", "DiagnosticsStatusNotification", "FirmwareStatusNotification", "Heartbeat",
             "LogStatusNotification", "MeterValues", "SignChargePointCertificate", "SignedFirmwareStatusNotification",
             "StatusNotification"],
            "What the station shall send.").Must,
        CommandFields.Connector);

    private static readonly Shape DataShape = new(
        "DataTransferBody",
        Field.Text("vendorId", "Whose data it is.", max: 255, min: 1).Must,
        Field.Text("messageId", "Which message of that vendor.", max: 50),
        Field.Text("data", "As text.", max: 60_000));

    public IReadOnlyList<ApiRoute> Routes =>
    [
        Row("GET", "configurations", null, "Read the station's configuration; it is kept in configuration.", a =>
            new ReadConfiguration([.. a.Fields["keys"]?.AsArray().Select(k => (string)k!) ?? []])) with
        {
            Query = ReadShape,
        },
        Row("POST", "configurations", WriteShape, "Change a configuration key, or several.", Write),
        Row("PATCH", "configurations", WriteShape, "Change a configuration key, or several.", Write),
        Row("POST", "reset", ResetShape, "Restart the station, or one EVSE of it.", a =>
            new ResetStation(a.Text("type") == "Hard", a.Place)),
        Row("POST", "unlock", UnlockShape, "Unlock a connector's cable.", a => new UnlockConnector(a.Place)),
        Row("POST", "change_availability", AvailabilityShape, "Take the station or a connector in or out of service.",
            Available),
        Row("POST", "trigger", TriggerShape, "Have the station send a message.", Trigger),
        Row("POST", "clear_cache", new Shape("ClearCacheBody"), "Clear the station's authorization cache.", _ =>
            new ClearCache()),
        Row("POST", "data_transfer", DataShape, "Send a vendor's data.", a =>
            new SendData(a.Text("vendorId")!, a.Text("messageId"), a.Text("data"))),
    ];

    private static Outcome<StationCommand> Write(Asked a) => a.Fields["more"] is JsonObject more
        ? new WriteSettings(
        [
            KeyValuePair.Create(a.Text("key")!, a.Text("value")!),
            .. more.Select(v => KeyValuePair.Create(v.Key, (string)v.Value!)),
        ])
        : new WriteConfiguration(a.Text("key")!, a.Text("value")!);

    private static Outcome<StationCommand> Trigger(Asked asked)
    {
        var message = asked.Text("message")!;
        // 2.0.1 F06.FR.13: a station of 2.x is not asked for the status of all of its connectors.
        return message == "StatusNotification" && asked.Connector is null && Abilities.KnowsTransactions(asked.Station)
            ? Refusal.Invalid("connector", "This station tells the status of one connector at a time; send which.")
            : new TriggerReport(message, asked.Connector?.Place);
    }

    private static Outcome<StationCommand> Available(Asked asked)
    {
        var level = asked.Text("level");
        if (level is not null && asked.Connector is null)
            return Refusal.Invalid("level", "Send the connector, too; or leave this field out for the whole station.");
        var place = level switch
        {
            "evse" => new Place(0, asked.Place.ToEvse().Evse),
            "connector" => asked.Place.ToEvse(),
            _ => asked.Place,
        };
        return new ChangeAvailability(place, (bool)asked.Fields["available"]!);
    }

    private ApiRoute Row(
        string verb, string command, Shape? shape, string summary, Func<Asked, Outcome<StationCommand>> word)
    {
        var type = "chargestation." + (command, verb) switch
        {
            ("configurations", "GET") => "get_configuration",
            ("configurations", _) => "change_configuration",
            _ => command,
        };
        return new(
            verb, $"/chargestations/{{id}}/{command}", "write:chargestations", call => desk.ToStation(call, type, word))
        {
            Summary = summary, Body = shape, Answer = typeof(ActionResource), Refusals = CommandDesk.Refusals,
            ActionType = type,
        };
    }
}
