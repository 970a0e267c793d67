using System.Text.Json.Nodes;
using Voltgate.Domain.Stations;
using Voltgate.Server.Resources;

namespace Voltgate.Server.Api;

/// <summary>Commands to chargestations; each answers an Action at once, and events tell what comes of it.</summary>
internal sealed class CommandsApi(Ordering ordering)
{
    private static readonly Field Connector = Field.Id("connector", "One of its connectors.");

    private static readonly Shape ReadShape = new(
        "ConfigurationsQuery",
        Field.List("keys", Field.Text("", max: 50, min: 1), "Which keys; all unless given.", max: 100));

    private static readonly Shape WriteShape = new(
        "ConfigurationBody",
        Field.Text("key", "OCPP 1.6 §9: its name.", max: 50, min: 1).Must,
        Field.Text("value", "As text.", max: 500).Must);

    private static readonly Shape ResetShape = new(
        "ResetBody", Field.Word("type", ["Soft", "Hard"], "Soft unless said otherwise."));

    private static readonly Shape UnlockShape = new("UnlockBody", Connector.Must);

    private static readonly Shape AvailabilityShape = new(
        "AvailabilityBody", Connector, Field.Flag("available", "False takes it out of service.").Must);

    private static readonly Shape TriggerShape = new(
        "TriggerBody",
        Field.Word(
            "message",
            ["BootNotification", "DiagnosticsStatusNotification", "FirmwareStatusNotification", "Heartbeat",
                "MeterValues",
             "StatusNotification"],
            "What the station shall send.").Must,
        Connector);

    private static readonly Shape DataShape = new(
        "DataTransferBody",
        Field.Text("vendorId", "Whose data it is.", max: 255, min: 1).Must,
        Field.Text("messageId", "Which message of that vendor.", max: 50),
        Field.Text("data", "As text.", max: 60_000));

    private static readonly (int, string)[] Refusals = [(409, "chargestation_offline"), (409, "too_many_commands")];

    public IReadOnlyList<ApiRoute> Routes =>
    [
        Row("GET", "configurations", null, "Read the station's whole configuration.", (_, _, _) =>
            new ReadConfiguration([])),
        Row("POST", "configurations", WriteShape, "Change one configuration key.", (body, _, _) =>
            new WriteConfiguration((string)body["key"]!, (string)body["value"]!)),
        Row("PATCH", "configurations", WriteShape, "Change one configuration key.", (body, _, _) =>
            new WriteConfiguration((string)body["key"]!, (string)body["value"]!)),
        Row("POST", "reset", ResetShape, "Restart the station.", (body, _, _) =>
            new ResetStation((string?)body["type"] == "Hard")),
        Row("POST", "unlock", UnlockShape, "Unlock a connector's cable.", (_, place, _) =>
            new UnlockConnector(place!.Value)),
        Row("POST", "change_availability", AvailabilityShape, "Take the station or a connector in or out of service.",
            (body, place, _) => new ChangeAvailability(place ?? Place.Station, (bool)body["available"]!)),
        Row("POST", "trigger", TriggerShape, "Have the station send a message.", (body, place, _) =>
            new TriggerReport((string)body["message"]!, place)),
        Row("POST", "clear_cache", new Shape("ClearCacheBody"), "Clear the station's authorization cache.", (_, _, _) =>
            new ClearCache()),
        Row("POST", "data_transfer", DataShape, "Send a vendor's data.", (body, _, _) =>
            new SendData((string)body["vendorId"]!, (string?)body["messageId"], (string?)body["data"])),
    ];

    private ApiRoute Row(
        string verb, string command, Shape? shape, string summary, Func<JsonObject, Place?, Call,
        StationCommand> word) =>
        new(verb, $"/chargestations/{{id}}/{command}", "write:chargestations", call => Give(call, command, word))
        {
            Summary = summary, Body = shape, Answer = typeof(ActionResource), Refusals = Refusals,
        };

    private async Task<IResult> Give(Call call, string command, Func<JsonObject, Place?, Call, StationCommand> word)
    {
        if (await ordering.Station(call, call.Id) is not { } station) return Refusal.NotFound;
        var fields = new JsonObject();
        if (call.Route.Body is not null && (call.Route.Body.Fields.Count > 0 || call.Http.Request.ContentLength > 0))
        {
            var body = await call.Body();
            if (!body.Holds) return body.Refusal;
            fields = body.Value;
        }

        // A PATCH shape requires nothing, but a key without a value changes nothing.
        foreach (var field in call.Route.Body?.Fields ?? [])
            if (field.Required && fields[field.Name] is null) return Refusal.Invalid(field.Name, "Send this field.");
        var id = (string?)fields["connector"];
        var connector = id is null ? null : station.ConnectorById(id);
        if (id is not null && connector is null)
            return Refusal.Invalid("connector", "Send the _id of one of this chargestation's connectors.");
        var order = word(fields, connector?.Place, call);
        if (order.Shown is WriteConfiguration kept) fields["value"] = kept.Value;
        return await ordering.Command(
            call, station.Id, "chargestation." + (command == "configurations" ? NameOf(call) : command), order, id,
            fields.ToJsonString());
    }

    private static string NameOf(Call call) =>
        HttpMethods.IsGet(call.Http.Request.Method) ? "get_configuration" : "change_configuration";
}
