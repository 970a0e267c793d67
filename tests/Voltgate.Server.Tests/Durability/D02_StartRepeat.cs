using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Durability;

/// <summary>A start that is said again, D02 with the same message id and D03 with new ones: one session.</summary>
public sealed class D02_StartRepeat
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task The_same_frame_on_one_connection_gets_the_same_answer(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var frame = Talk.Start(stage);

        var answers = new List<JsonArray>();
        for (var i = 0; i < 5; i++) answers.Add(await stage.Station.Ask("StartTransaction", frame, "one"));
        answers.AddRange(await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => stage.Station.Ask("StartTransaction", frame, "one"))));

        await IsOne(stage, answers);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task The_same_frame_on_five_connections_gets_the_same_answer(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var frame = Talk.Start(stage);

        var answers = new List<JsonArray>();
        for (var i = 0; i < 5; i++)
        {
            answers.Add(await stage.Station.Ask("StartTransaction", frame, "one"));
            await stage.Redial();
        }

        await IsOne(stage, answers);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_frame_whose_answer_nobody_heard_makes_one_session(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var frame = Talk.Start(stage);

        for (var i = 0; i < 5; i++)
        {
            await stage.Station.Send($"[2,\"one\",\"StartTransaction\",{frame}]");
            await stage.Redial();
        }

        await IsOne(stage, [await stage.Station.Ask("StartTransaction", frame, "one")]);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task D03_twenty_retries_with_new_ids_at_once_get_the_same_answer(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var frame = Talk.Start(stage);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => stage.Station.Ask("StartTransaction", frame, $"id{i}")));

        Assert.Equal(20, answers.Select(a => (string?)a[1]).Distinct().Count());
        await IsOne(stage, answers);
    }

    private static async Task IsOne(Stage stage, IReadOnlyList<JsonArray> answers)
    {
        Assert.All(answers, a => Assert.Equal(3, (int)a[0]!));
        var said = Assert.Single(answers.Select(a => a[2]!.ToJsonString()).Distinct());
        Assert.Contains("\"Accepted\"", said, StringComparison.Ordinal);
        Assert.Single(await stage.Sessions());
        Assert.Equal(1, await stage.Count("events where type = 'session.started'"));
    }
}
