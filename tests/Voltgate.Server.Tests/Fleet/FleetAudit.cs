using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Domain.Sessions;
using Voltgate.Server.Storage;
using Voltgate.Server.Tests.Webhooks;

namespace Voltgate.Server.Tests.Fleet;

/// <summary>Compares four books: the meters, the API, the store, the receiver. Each difference is a sentence.</summary>
internal sealed class FleetAudit(FleetSite site, IReadOnlyList<FleetStory> stories)
{
    private readonly List<string> _offences = [];

    public async Task<IReadOnlyList<string>> Find()
    {
        foreach (var story in stories) await Meters(story);
        await Count();
        var events = await Events();
        foreach (var story in stories) Life(story, [.. events.Where(e => e.Resource == story.Session)]);
        await Deliveries(events);
        return _offences;
    }

    private async Task Meters(FleetStory story)
    {
        var session = (await site.Api.Get($"/sessions/{story.Session}")).MustBe(200).Result;
        if (story.Charge is not { } charge)
        {
            Expect(story, "status", "cancelled", (string?)session["status"]);
            return;
        }

        Expect(story, "status", "Ended", (string?)session["status"]);
        Expect(story, "meterStart", charge.Registers[0], (decimal?)session["metrics"]?["meterStart"]);
        Expect(story, "meterStop", charge.Registers[^1], (decimal?)session["metrics"]?["meterStop"]);
        var energy = (decimal?)session["metrics"]?["energyConsumed"];
        Expect(story, "energyConsumed", charge.MeteredWh, energy);
        await Bill(story, session, charge.MeteredWh / 1000m);
    }

    /// <summary>The energy by hand, the amount by the sum of its lines and by the stored session.</summary>
    private async Task Bill(FleetStory story, JsonNode session, decimal kWh)
    {
        var lines = session["cost"]!["breakdown"]!.AsArray();
        var price = decimal.Round(kWh * 0.45m, 6, MidpointRounding.ToEven);
        var total = price + decimal.Round(price * 0.19m, 6, MidpointRounding.ToEven);
        var shown = lines.Where(l => (string?)l!["type"] == "ENERGY").Sum(l => (decimal)l!["totalCost"]!);
        Expect(story, "cost of energy", total, shown);
        var sum = decimal.Round(lines.Sum(l => (decimal)l!["totalCost"]!), 2, MidpointRounding.ToEven);
        var amount = (decimal?)session["cost"]!["amount"];
        Expect(story, "cost.amount", sum, amount);

        var services = site.Server.Services;
        await using var connection = await services.GetRequiredService<Database>().Open();
        var body = await connection.QuerySingleAsync<string>(
            $"select {SessionStore.StateOf("sessions")} from sessions where id = @Session", new { story.Session });
        var stored = await services.GetRequiredService<SessionStore>()
            .WithPlan(connection, DomainJson.ReadSession(body));
        Expect(story, "bill", Tariffing.BillOf(stored)?.AmountMicros / 1_000_000m, amount);
    }

    private async Task Count()
    {
        var (listed, cursor) = (new HashSet<string>(), "");
        do
        {
            var list = (await site.Api.Get("/sessions?paginate_limit=1000" + cursor)).MustBe(200);
            listed.UnionWith(list.Items.Select(s => (string)s!["_id"]!));
            cursor = list.Json["nextCursor"] is { } next ? "&paginate_cursor=" + (string)next! : "";
        }
        while (cursor.Length > 0);

        var told = stories.Select(s => s.Session).ToHashSet();
        _offences.AddRange(listed.Except(told).Select(id => $"session {id} was never asked for"));
        _offences.AddRange(told.Except(listed).Select(id => $"session {id} is lost"));
    }

    private async Task<IReadOnlyList<EventRow>> Events()
    {
        var database = site.Server.Services.GetRequiredService<Database>();
        await using var connection = await database.Open();
        var stations = site.Members.Select(m => m.Station).ToHashSet();
        var rows = await connection.QueryAsync<EventRow>(
            "select stream as Stream, seq as Seq, id as Id, type as Type, resource as Resource from events "
            + "where object = 'session' order by stream, seq");
        return [.. rows.Where(r => stations.Contains(r.Stream))];
    }

    private void Life(FleetStory story, IReadOnlyList<EventRow> events)
    {
        var types = events.Select(e => e.Type).ToList();
        var told = string.Join(' ', types.Select(t => t["session.".Length..]));
        if (story.Charge is null)
        {
            Expect(story, "events", "created start_failure", told);
            return;
        }

        foreach (var once in (string[])["session.created", "session.started", "session.ended"])
            Expect(story, once, 1, types.Count(t => t == once));
        Expect(story, "first event", "session.created", types[0]);
        Expect(story, "second event", "session.started", types[1]);
        Expect(story, "last event", "session.ended", types[^1]);
    }

    private async Task Deliveries(IReadOnlyList<EventRow> events)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (site.Sink.All.Count < events.Count && !patience.IsCancellationRequested)
            await Task.Delay(100, CancellationToken.None);
        var received = site.Sink.All;
        if (received.Count != events.Count) _offences.Add($"{events.Count} events, {received.Count} deliveries");
        var streams = received.GroupBy(StationOf).ToDictionary(g => g.Key, g => g.Select(r => r.Id).ToList());
        foreach (var stream in events.GroupBy(e => e.Stream))
        {
            var expected = stream.Select(e => e.Id);
            if (!expected.SequenceEqual(streams.GetValueOrDefault(stream.Key) ?? []))
                _offences.Add($"station {stream.Key}: the receiver got other events than are stored, or not in order");
        }
    }

    private static string StationOf(Received received) =>
        (string)JsonNode.Parse(received.Text)!["data"]!["chargestation"]!;

    private void Expect<T>(FleetStory story, string what, T expected, T? actual)
    {
        if (Equals(expected, actual)) return;
        var options = story.Member.Simulated.Options;
        var where = $"{options.Identity} ({options.Mishaps}) session {story.Session}";
        _offences.Add($"{where}: {what} is {actual}, not {expected}");
    }

    private sealed class EventRow
    {
        public string Stream { get; init; } = "";

        public long Seq { get; init; }

        public string Id { get; init; } = "";

        public string Type { get; init; } = "";

        public string Resource { get; init; } = "";
    }
}
