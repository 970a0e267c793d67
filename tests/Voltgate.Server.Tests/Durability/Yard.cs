using System.Text.Json.Nodes;

namespace Voltgate.Server.Tests.Durability;

/// <summary>Stations, cards, a rate and a webhook for a server process, made through its API.</summary>
internal static class Yard
{
    /// <summary>Makes the stations with a card each, whose tag is the station's name; their endpoints.</summary>
    /// <param name="sink">Where a webhook that listens to everything goes; null: none.</param>
    public static async Task<string[]> Furnish(ServerProcess server, int stations, Uri? sink = null)
    {
        using var api = server.Client();
        if (sink is not null) await api.Make("/webhooks", $$"""{"url":"{{sink}}","events":["*"]}""");
        var rate = await api.Make(
            "/rates", """
            {"name":"Standard","currency":"EUR","price_components":[{"type":"ENERGY","price":0.5,"tax":0}]}
            """);
        var location = await api.Make("/locations", """{"name":"Yard","timezone":"Europe/Berlin"}""");
        var endpoints = new string[stations];
        for (var i = 0; i < stations; i++)
        {
            endpoints[i] = $"Y{i:00}";
            await api.Make("/tokens", $$"""{"physicalId":"{{endpoints[i]}}","type":"ISO14443"}""");
            await api.Make("/chargestations", $$"""
                {"name":"Box","endpoint":"{{endpoints[i]}}","location":"{{location}}","security":{"type":"none"},
                 "connectors":[{"connectorId":1,"type":"Type2","power":22,"rate":"{{rate}}"}]}
                """);
        }

        return endpoints;
    }

    /// <summary>The status and the reason of /readyz.</summary>
    public static async Task<(int Status, string? Reason)> Ready(Uri server)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        using var answer = await http.GetAsync(new Uri(server, "/readyz"));
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return ((int)answer.StatusCode, (string?)body["reason"]);
    }
}
