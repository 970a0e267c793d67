using Voltgate.Server.Conform;
using Voltgate.Server.Tests.Stations;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Conform;

/// <summary>Scripts that look at somebody's own station: its ids are its own, and it says more than they ask.</summary>
public sealed class StationWatchTests(SharedServers servers)
{
    private const string Token = "\"idToken\":{\"idToken\":\"OWN1\",\"type\":\"ISO14443\"},";

    private const string Named = "\"transactionInfo\":{\"transactionId\":\"$tx\"}";
    private const string Admitted = "{\"idTokenInfo\":{\"status\":\"Accepted\"}}";
    private const string Asked = "\"action\":\"GetTransactionStatus\",\"payload\":{\"transactionId\":\"$tx\"}";

    private const string Script = $$"""
        ~ present
         > TransactionEvent {"eventType":"Started","triggerReason":"Authorized",{{Named}}} = {{Admitted}}
         > TransactionEvent {"eventType":"Updated","triggerReason":"StopAuthorized"} = {{Admitted}}
        ~ cut
        cut
        ~ connect
        redial
        api > POST /chargestations/$s1/send_request { {{Asked}} } 200
         < GetTransactionStatus {"transactionId":"$tx"}
         > ok {"messagesInQueue":false}
        """;

    [Fact]
    public async Task A_transaction_has_the_name_that_the_station_gives_it()
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite));
        (await box.Api.Post("/tokens", """{"physicalId":"OWN1"}""")).MustBe(201);
        var station = await Connect(box);
        await station.Boot("Own", "One");
        using var http = StationWatch.Api(box.Server.Url, box.Api.Key);
        var subject = new Subject(box.Id, [box.Connector], "", "", TimeSpan.FromSeconds(20));
        var answered = Task.FromResult("");

        await new StationWatch(http, subject, Act).Play(Script);

        Assert.Equal("own-77", await answered);
        await station.DisposeAsync();

        async Task Act(string what)
        {
            if (what == "cut") await station.DisposeAsync();
            if (what == "connect") answered = Answer(station = await Connect(box));
            if (what != "present") return;
            await Tell("Started", "Authorized", 0, Token);
            await Tell("Updated", "MeterValuePeriodic", 1, "");
            await Tell("Updated", "StopAuthorized", 2, Token);
        }

        Task Tell(string type, string trigger, int sequence, string more) => station.Call("TransactionEvent", $$$"""
            {"eventType":"{{{type}}}","triggerReason":"{{{trigger}}}","seqNo":{{{sequence}}},{{{more}}}
             "timestamp":"{{{box.Server.Clock.GetUtcNow():O}}}","evse":{"id":1},
             "transactionInfo":{"transactionId":"own-77"}}
            """);
    }

    private static Task<ScriptedStation> Connect(Box box) =>
        ScriptedStation.Connect(box.Server.Url, box.Endpoint, subprotocol: "ocpp2.0.1");

    /// <summary>Which transaction it is asked about.</summary>
    private static async Task<string> Answer(ScriptedStation station)
    {
        var call = await station.Expect();
        await station.Answer(call, """{"ongoingIndicator":true,"messagesInQueue":false}""");
        return (string)call[3]!["transactionId"]!;
    }
}
