using System.Text.Json.Nodes;

namespace Voltgate.Server.Demo;

/// <summary>Makes what the demo needs, through the API, or finds it again.</summary>
internal sealed class DemoSetup(DemoApi api, Terminal terminal, string receiver)
{
    /// <summary>The memory again if what it speaks of is still there, its webhook turned to the new receiver.</summary>
    public async Task<DemoMemory?> Find(DemoMemory memory, CancellationToken cancel)
    {
        if (!await api.Exists("/chargestations/" + memory.Station, cancel)) return null;
        terminal.Print($"The demo's data is here already: chargestation {memory.Endpoint}.");
        var turned = await api.Ask(
            "PATCH", "/webhooks/" + memory.Webhook, new JsonObject { ["url"] = receiver }, _ => receiver, cancel);
        return turned is null ? null : memory;
    }

    /// <summary>Null after showing what the server did not like.</summary>
    public async Task<DemoMemory?> Make(CancellationToken cancel)
    {
        if (await api.Make("/webhooks", Webhook(), w => (string)w["url"]!, cancel) is not { } webhook) return null;
        if (await api.Make("/locations", Location, Name, cancel) is not { } location) return null;
        if (await api.Make("/rates", Rate, Name, cancel) is not { } rate) return null;
        if (await api.Make("/users", User, u => (string)u["email"]!, cancel) is not { } user) return null;
        var station = await api.Make("/chargestations", Station(IdOf(location), IdOf(rate)), Name, cancel);
        return station is null ? null : new DemoMemory(
            api.Key, IdOf(user), IdOf(station), (string)station["endpoint"]!, (string)station["security"]!["password"]!,
            [.. station["connectors"]!.AsArray().Select(c => IdOf(c!))], IdOf(webhook), (string)webhook["secret"]!,
            SessionHasRun: false);
    }

    private JsonObject Webhook() => new()
    {
        ["url"] = receiver,
        ["events"] = new JsonArray("session.*", "chargestation.online", "chargestation.offline"),
        ["description"] = "The demo's receiver, inside the server's own process",
    };

    private static JsonObject Location => new()
    {
        ["name"] = "Demo garage",
        ["timezone"] = "Europe/Berlin",
        ["address"] = new JsonObject
        {
            ["streetAndNumber"] = "Alexanderplatz 1", ["postalCode"] = "10178", ["city"] = "Berlin", ["country"] = "DE",
        },
        ["coordinates"] = new JsonArray(13.4132m, 52.5219m),
    };

    private static JsonObject Rate => new()
    {
        ["name"] = "0.45 EUR/kWh, 6 EUR/h when charged",
        ["currency"] = "EUR",
        ["price_components"] = new JsonArray(
            new JsonObject { ["type"] = "ENERGY", ["price"] = 0.45m, ["tax"] = 19 },
            new JsonObject { ["type"] = "PARKING_TIME", ["price"] = 6m, ["tax"] = 19 }),
    };

    private static JsonObject User => new()
    {
        ["firstname"] = "Erika", ["lastname"] = "Mustermann", ["email"] = "erika@example.org",
    };

    private static JsonObject Station(string location, string rate) => new()
    {
        ["name"] = "Demo station",
        ["endpoint"] = "DEMO-" + Guid.NewGuid().ToString("N")[..6].ToUpperInvariant(),
        ["location"] = location,
        ["is_simulator"] = true,
        ["public"] = true,
        ["security"] = new JsonObject { ["type"] = "basic_auth" },
        ["connectors"] = new JsonArray(
            Connector(1, "CCS2", "CABLE", "DC", DemoStation.FirstPowerW, rate),
            Connector(2, "Type2", "SOCKET", "AC_3_PHASE", DemoStation.SecondPowerW, rate)),
    };

    private static JsonObject Connector(
        int number, string type, string format, string power, int watts, string rate) => new()
        {
            ["connectorId"] = number,
            ["type"] = type,
            ["format"] = format,
            ["power_type"] = power,
            ["power"] = watts / 1000,
            ["rate"] = rate,
        };

    private static string Name(JsonNode made) => (string)made["name"]!;

    private static string IdOf(JsonNode made) => (string)made["_id"]!;
}
