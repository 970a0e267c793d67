using System.Text.Json.Nodes;
using Voltgate.Bench.Processes;

namespace Voltgate.Bench.Load;

/// <summary>One connected and booted station.</summary>
internal sealed record Station(string Id, string Connector, StationSocket Socket)
{
    public int Transaction { get; set; }

    /// <summary>What a station of 2.x calls its transaction.</summary>
    public string TransactionId => "tx-" + Id;
}

/// <summary>Stations of a tenant with a rate (energy and parking), a driver and a card, made through the API.</summary>
internal sealed class Fleet : IDisposable
{
    private const int AtOnce = 16;

    public required string Card { get; init; }

    public required string Version { get; init; }

    public required IReadOnlyList<Station> Stations { get; init; }

    public required string User { get; init; }

    public IReadOnlyList<StationSocket> Sockets => [.. Stations.Select(s => s.Socket)];

    public static async Task<Fleet> Connect(Child server, int count, string prefix = "BENCH", string version = "1.6")
    {
        using var api = new Api(server.Url);
        var rate = (string)(await api.Make("/rates", """
            {"name":"Standard","currency":"EUR","price_components":[
              {"type":"ENERGY","price":0.5,"tax":19},
              {"type":"PARKING_TIME","price":3,"tax":19,"grace_period":1}]}
            """))["_id"]!;
        var user = (string)(await api.Make(
            "/users", $$"""{"firstname":"Ada","lastname":"Byron","email":"ada.{{prefix}}@example.org"}"""))["_id"]!;
        await api.Make("/tokens", $$"""{"physicalId":"{{prefix}}CARD","type":"ISO14443","user":"{{user}}"}""");

        var stations = new Station[count];
        await Parallel.ForAsync(
            0, count, Limit, async (i, _) => stations[i] = await Add(api, server, rate, $"{prefix}-{i}", version));
        return new Fleet { Stations = stations, User = user, Card = prefix + "CARD", Version = version };
    }

    /// <summary>Every station starts a session and says that it is charging.</summary>
    public Task StartSessions() => Parallel.ForEachAsync(Stations, Limit, async (station, _) =>
    {
        var now = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ");
        if (Version != "1.6")
        {
            await Begin(station, now);
            return;
        }

        var answer = await station.Socket.Call(
            "StartTransaction",
            $$"""{"connectorId":1,"idTag":"{{Card}}","meterStart":100000,"timestamp":"{{now}}"}""");
        var started = JsonNode.Parse(answer)![2]!;
        if ((string)started["idTagInfo"]!["status"]! != "Accepted") throw new InvalidOperationException(answer);
        station.Transaction = (int)started["transactionId"]!;
        await station.Socket.Call(
            "StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Charging"}""");
    });

    private async Task Begin(Station station, string now)
    {
        var answer = await station.Socket.Call("TransactionEvent", $$"""
            {"eventType":"Started","timestamp":"{{now}}","triggerReason":"Authorized","seqNo":{{Frames.FirstSequence}},
             "transactionInfo":{"transactionId":"{{station.TransactionId}}","chargingState":"Charging"},
             "evse":{"id":1,"connectorId":1},"idToken":{"idToken":"{{Card}}","type":"ISO14443"},
             "meterValue":[{"timestamp":"{{now}}","sampledValue":[{"value":100100000}]}]}
            """);
        if (!answer.Contains("Accepted", StringComparison.Ordinal)) throw new InvalidOperationException(answer);
    }

    public void Dispose()
    {
        foreach (var station in Stations) station.Socket.Dispose();
    }

    private static ParallelOptions Limit => new() { MaxDegreeOfParallelism = AtOnce };

    private static async Task<Station> Add(Api api, Child server, string rate, string name, string version)
    {
        var made = await api.Make("/chargestations", $$"""
            {"name":"{{name}}","endpoint":"{{name}}","security":{"type":"none"},
             "connectors":[{"connectorId":1,"type":"Type2","power":22,"rate":"{{rate}}"}]}
            """);
        var socket = await StationSocket.Connect(server.Url, $"/ocpp/{name}", "ocpp" + version);
        if (version == "1.6")
        {
            await socket.Call("BootNotification", """{"chargePointVendor":"Bench","chargePointModel":"One"}""");
            await socket.Call("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Available"}""");
        }
        else
        {
            await socket.Call(
                "BootNotification", """{"reason":"PowerUp","chargingStation":{"vendorName":"Bench","model":"One"}}""");
        }

        return new Station((string)made["_id"]!, (string)made["connectors"]![0]!["_id"]!, socket);
    }
}
