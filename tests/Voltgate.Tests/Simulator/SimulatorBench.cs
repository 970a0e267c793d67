using System.Text;
using System.Text.Json.Nodes;
using Voltgate.Ocpp.Rpc;
using Voltgate.Simulator;

namespace Voltgate.Tests.Simulator;

/// <summary>A station without a network: every input is given by hand, and what it wants to say is kept.</summary>
internal sealed class SimulatorBench
{
    public const long Noon = 1_767_873_600_000; // 2026-01-08T12:00:00Z

    private readonly StationOptions options;

    public SimulatorBench(
        Mishaps mishaps = Mishaps.None, ConnectorSpec? connector = null, string version = "1.6")
    {
        options = new StationOptions
        {
            Url = new Uri("ws://localhost/ocpp/BENCH"), Connectors = [connector ?? ConnectorSpec.Ac22], Mishaps =
                mishaps, Version = version,
        };
        State = StationMachine.First(options, NowMs);
    }

    public long NowMs { get; private set; } = Noon;

    public StationState State { get; private set; }

    /// <summary>What was to be sent and is not answered yet.</summary>
    public List<Send> Said { get; } = [];

    public List<Effect> Others { get; } = [];

    public OutboundAnswer Reply { get; private set; }

    /// <summary>A station that is connected, booted, and has said its statuses.</summary>
    public static SimulatorBench Booted(
        Mishaps mishaps = Mishaps.None, ConnectorSpec? connector = null, string version = "1.6")
    {
        var bench = new SimulatorBench(mishaps, connector, version);
        bench.Give(new LinkUp());
        bench.Answer("""{"status":"Accepted","currentTime":"2026-01-08T12:00:00.000Z","interval":300}""");
        bench.AnswerAll();
        return bench;
    }

    /// <summary>A station with a charge under way that the platform calls 77, or asked for as 77 (2.x).</summary>
    public static SimulatorBench Charging(
        Mishaps mishaps = Mishaps.None, ConnectorSpec? connector = null, string version = "1.6")
    {
        var bench = Booted(mishaps, connector, version);
        if (version == "1.6") bench.Order("RemoteStartTransaction", """{"connectorId":1,"idTag":"TAG"}""");
        else bench.Order("RequestStartTransaction", """
            {"evseId":1,"remoteStartId":77,"idToken":{"idToken":"TAG","type":"Central"}}
            """);
        bench.Give(new PluggedIn(1, Vehicle.Compact));
        bench.AnswerAll();
        return bench;
    }

    public void Give(Input input)
    {
        var turn = StationMachine.Step(State, input, options, NowMs, NowMs);
        State = turn.State;
        Reply = turn.Reply;
        Said.AddRange(turn.Effects.OfType<Send>());
        if (options.Version != "1.6") V2Rules.Hold(turn, input, options.Version);
        Others.AddRange(turn.Effects.Where(e => e is not Send));
    }

    public string Order(string action, string payload)
    {
        Give(new Ordered(action, WireValue.Parse(payload)!.Value));
        return Encoding.UTF8.GetString(Reply.Payload.Span);
    }

    public void Pass(int seconds)
    {
        NowMs += seconds * 1000L;
        Give(new Tick());
    }

    public Send Answer(string payload) => Settle(new CallAnswered(WireValue.Parse(payload)!.Value));

    public Send Settle(CallOutcome outcome)
    {
        var first = Said[0];
        Said.RemoveAt(0);
        Give(new Answered(first.Saying, outcome, first.FromQueue));
        return first;
    }

    /// <summary>The platform takes everything that is said, until nothing is left.</summary>
    public IReadOnlyList<string> AnswerAll()
    {
        var actions = new List<string>();
        while (Said.Count > 0) actions.Add(AnswerNext().Saying.Action);
        return actions;
    }

    /// <summary>As <see cref="AnswerAll"/>: what was said of transactions of 2.x, in its order.</summary>
    public IReadOnlyList<JsonNode> Story()
    {
        var story = new List<JsonNode>();
        while (Said.Count > 0)
            if (AnswerNext() is { Saying.Action: "TransactionEvent" } told) story.Add(JsonNode.Parse(TextOf(told))!);
        return story;
    }

    private Send AnswerNext() => Answer(Said[0].Saying.Action switch
    {
        "StartTransaction" => """{"transactionId":77,"idTagInfo":{"status":"Accepted"}}""",
        "TransactionEvent" => "{}",
        _ => """
            {"currentTime":"2026-01-08T12:00:00.000Z","idTagInfo":{"status":"Accepted"},
             "idTokenInfo":{"status":"Accepted"} }
            """,
    });

    public static string TextOf(Send send) => Encoding.UTF8.GetString(send.Payload);
}
