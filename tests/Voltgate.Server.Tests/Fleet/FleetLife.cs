using System.Diagnostics;
using Voltgate.Simulator;

namespace Voltgate.Server.Tests.Fleet;

/// <summary>One charge that was asked for. Charge: as the station knows it; null: the station refused.</summary>
internal sealed record FleetStory(FleetMember Member, string Session, Charge? Charge);

/// <summary>What an application and a driver do with one station, again and again.</summary>
internal sealed class FleetLife(ApiClient api, FleetMember member)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Dice _dice = new(member.Simulated.Options.Seed);

    public async Task<IReadOnlyList<FleetStory>> Run(int rounds, TimeSpan time)
    {
        var stories = new List<FleetStory>();
        var watch = Stopwatch.StartNew();
        while (stories.Count < rounds || watch.Elapsed < time) stories.Add(await Charge());
        return stories;
    }

    private async Task<FleetStory> Charge()
    {
        var before = await Until(s => IsFree(s));
        var session = await Start();
        if (member.Simulated.Options.Mishaps.HasFlag(Mishaps.Rejects))
        {
            await Ask($"/sessions/{session}", answer => (string?)answer.Result["status"] == "cancelled");
            return new FleetStory(member, session, null);
        }

        var local = before.Charges.Count + 1;
        var samples = _dice.Between(3, 7);
        await Until(s => s.ChargeOf(local) is { } c && (c.Samples >= samples || c.EndedAtMs is not null));
        await Stop(session, local);
        var after = await Until(s => s.ChargeOf(local) is { EndedAtMs: not null } && s.Queue.IsEmpty);
        return new FleetStory(member, session, after.ChargeOf(local));
    }

    // 409 while the server has not yet heard that the station is back, or free again.
    private async Task<string> Start()
    {
        ApiAnswer answer;
        using var patience = new CancellationTokenSource(Patience);
        do
        {
            answer = await api.Post(
                "/sessions", $$"""{"connector":"{{member.Connector}}","user":"{{member.User}}"}""");
            if (answer.Status == 409) await Breathe(patience.Token);
        }
        while (answer.Status == 409);
        return answer.MustBe(201).Text("_id");
    }

    /// <summary>Asks to stop; where that does not reach the station, the driver pulls the cable.</summary>
    private async Task Stop(string session, int local)
    {
        // A station of 2.x charges before its beginning is answered; what has not begun here yet would be withdrawn.
        await Ask($"/sessions/{session}", answer => (string?)answer.Result["status"] != "created");
        var asked = await api.Post($"/sessions/{session}/stop");
        if (asked.Status == 200 && member.Simulated.State.ChargeOf(local)?.Verdict is not null)
        {
            var ended = member.Simulated.When(s => s.ChargeOf(local) is { EndedAtMs: not null });
            if (await Task.WhenAny(ended, Breathe(CancellationToken.None, seconds: 3)) == ended) return;
        }

        await member.Simulated.Unplug(1);
    }

    private async Task Ask(string path, Func<ApiAnswer, bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!isSo((await api.Get(path)).MustBe(200))) await Breathe(patience.Token);
    }

    private static bool IsFree(StationState s) =>
        s is { Online: true, Booted: true, Queue.IsEmpty: true }
        && s.Connectors[0] is { Local: 0, Vehicle: null, Grant: null };

    private async Task<StationState> Until(Func<StationState, bool> isSo)
    {
        try
        {
            return await member.Simulated.When(isSo).WaitAsync(Patience);
        }
        catch (TimeoutException e)
        {
            var sessions = await api.Get($"/sessions?connector={member.Connector}&paginate_limit=2");
            throw new TimeoutException(
                $"{member.Simulated.Options.Mishaps}: {member.Simulated.State} with {sessions.Body}", e);
        }
    }

    private static Task Breathe(CancellationToken cancel, double seconds = 0.1) =>
        Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System, cancel);
}
